"""Everyday writing in other languages: kinds that used to be read wrongly."""

from __future__ import annotations

import pytest

from kokoro_demo.text import normalise

CASES = {
    "es": [
        ("El mié. 12/11 en el aula 4B.", "El miércoles doce de noviembre en el aula cuatro B."),
        ("un piso de 2 hab.", "un piso de dos habitaciones."),
        ("Código: 7391", "Código: siete tres nueve uno"),
        ("el art. 15.2 de la ley", "el artículo quince punto dos de la ley"),
        ("tardó 3' 20''", "tardó tres minutos y veinte segundos"),
        ("1.ª ud.", "primera unidad."),
        ("asiento 22A", "asiento veintidós A"),
        ("Tardó 3h 20min.", "Tardó tres horas y veinte minutos."),
        ("Sale a las 14h30.", "Sale a las catorce treinta horas."),
        ("Esperé 1 h 05 min 30 s.", "Esperé una hora cinco minutos y treinta segundos."),
        ("Dura 3 1/2 h.", "Dura tres horas y media."),
        ("Vale 20 € (IVA incl.).", "Vale veinte euros (IVA incluido)."),
        ("El vie. 12 abrimos; lun.-vie. de 8 a 9.", "El viernes doce abrimos; lunes a viernes de ocho a nueve."),
        ("L-V 10-14 h", "Lunes a viernes diez a catorce horas"),
        ("Hay 90 hab./km².", "Hay noventa habitantes por kilómetro cuadrado."),
        ("Tel. 321-7654", "Teléfono tres dos uno siete seis cinco cuatro"),
        ("Añada 2 cdas. de miel.", "Añada dos cucharadas de miel."),
        ("Perdimos 2-1 fuera.", "Perdimos dos a uno fuera."),
        ("vence 28/02", "vence veintiocho de febrero"),
        ("mezcla 3/4 de taza", "mezcla tres cuartos de taza"),
        ("Expediente AB-1999/45", "Expediente AB mil novecientos noventa y nueve barra cuarenta y cinco"),
        ("Pesa 5 lb.", "Pesa cinco libras."),
    ],
    "fr-fr": [
        ("ven. 5/12, salle 2B", "vendredi cinq décembre, salle deux B"),
        ("Code : 7391", "Code: sept trois neuf un"),
        ("ép. 4", "épisode quatre"),
        ("Ouvert 24 h/24, 7 j/7.", "Ouvert vingt-quatre heures sur vingt-quatre, sept jours sur sept."),
        ("En 3 h 20 min.", "En trois heures vingt."),
        ("1 1/2 h", "une heure et demie"),
        ("Le N° de dossier", "Le Numéro de dossier"),
        ("2 c. à s. d'huile", "deux cuillères à soupe d'huile"),
        ("80 hab./km²", "quatre-vingts habitants par kilomètre carré"),
        ("avant le 05/09", "avant le cinq septembre"),
        ("P. 30", "Page trente"),
    ],
    "it": [
        ("mer. 5/11, aula 2B", "mercoledì cinque novembre, aula due B"),
        ("nel II trim.", "nel secondo trimestre."),
        ("codice: 7391", "codice: sette tre nove uno"),
        ("4 loc.", "quattro locali."),
        ("Ci ho messo 3h 20min.", "Ci ho messo tre ore e venti minuti."),
        ("L'11/9 e l'8/3", "L'undici settembre e l'otto marzo"),
        ("l'1/3 del totale", "l'un terzo del totale"),
        ("lun-ven 9-12", "dal lunedì al venerdì nove dodici"),
        ("120 ab./km²", "centoventi abitanti per chilometro quadrato"),
        ("Vinse 2-1 dts.", "Vinse due a uno dopo i tempi supplementari."),
        ("Parte dal bin. 3.", "Parte dal binario tre."),
    ],
    "pt-br": [
        ("sex. 5/12, sala 2B", "sexta cinco de dezembro, sala dois B"),
        ("senha: 7391", "senha: sete três nove um"),
        ("em 8min05s", "em oito minutos e cinco segundos"),
        ("2 qtos.", "dois quartos."),
        ("Levou 3h 20min.", "Levou três horas e vinte minutos."),
        ("Empatou por 2x2.", "Empatou por dois a dois."),
        ("uma foto 10x15", "uma foto dez por quinze"),
        ("Na 3ª-feira ou 3ª feira", "Na terça feira ou terça feira"),
        ("seg. a sex. das 8h às 12h", "segunda a sexta das oito horas às doze horas"),
        ("Mora na R. das Acácias, 5.", "Mora na Rua das Acácias, cinco."),
        ("até 07/09", "até sete de setembro"),
        ("50 hab./km²", "cinquenta habitantes por quilômetro quadrado"),
    ],
    "hi": [
        ("15/8 को", "पंद्रह अगस्त को"),
        ("500/वर्ग किमी", "पाँच सौ प्रति वर्ग किलोमीटर"),
        ("मै. वर्मा एंड कं.", "मैसर्स वर्मा एंड कंपनी."),
        ("टाटा प्रा. लि. में", "टाटा प्राइवेट लिमिटेड में"),
    ],
}


@pytest.mark.parametrize(
    ("language", "written", "spoken"), [(language, *case) for language, cases in CASES.items() for case in cases]
)
def test_everyday_writing(language: str, written: str, spoken: str) -> None:
    assert normalise(written, language).spoken == spoken
