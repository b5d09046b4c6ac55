"""Cases that were written after the rules, each for a kind that used to be read wrongly."""

from __future__ import annotations

import pytest

from kokoro_demo.text import normalise
from tests.text.languages.test_cases import plain


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        (
            "fr-fr",
            "M. et Mme Dupont, M.Petit, p.12, n°3",
            "monsieur et madame Dupont monsieur Petit page douze numéro trois",
        ),
        ("fr-fr", "C'est M. Jean M. qui parle.", "c'est monsieur Jean M qui parle"),
        ("fr-fr", "les nos 4 et 5, nos 4 enfants", "les numéros quatre et cinq nos quatre enfants"),
        (
            "fr-fr",
            "½ tasse, 5 L/100 km, 3 m x 4 m",
            "une demi tasse cinq litres par cent kilomètres trois mètres par quatre mètres",
        ),
        ("fr-fr", "300 k€ et 10 000 000 €", "trois cent mille euros et dix millions d'euros"),
        ("fr-fr", "06.12.34.56.78", "zéro six douze trente quatre cinquante six soixante dix huit"),
        ("fr-fr", "10 - 3 = 7", "dix moins trois égale sept"),
        ("fr-fr", "la loi 2004-575", "la loi deux mille quatre cinq cent soixante quinze"),
        ("fr-fr", "Ce jour, De Gaulle à la Mer", "ce jour de gaulle à la mer"),
        ("fr-fr", "page 12. Ex. 4, l'U.R.S.S.", "page douze exemple quatre l'u r s s"),
        ("it", "dott.Bianchi, int.21, Piazza S. Marco", "dottor Bianchi interno ventuno piazza san Marco"),
        ("it", "1 amica, 1 zaino, 1 psicologo", "un'amica uno zaino uno psicologo"),
        ("it", "dal 1° al 15 agosto, 25° all'ombra", "dal primo al quindici agosto venticinque gradi all'ombra"),
        ("it", "XX e XXI secolo", "ventesimo e ventunesimo secolo"),
        ("it", "l'1/1/2000", "l'uno gennaio duemila"),
        ("it", "alle 18.30-20.00", "alle diciotto e trenta a venti"),
        ("pt-br", "cel. 98765-4321, Cel. Souza", "celular nove oito sete seis cinco quatro três dois um coronel Souza"),
        ("pt-br", "12x de R$ 99,90, 3 x 4", "doze vezes de noventa e nove reais e noventa centavos três por quatro"),
        ("pt-br", "sexta, 3/6, 2 irmãs, ½ xícara", "sexta três de junho duas irmãs meia xícara"),
        ("pt-br", "D. Maria I e D. João VI", "dona Maria primeira e dom João sexto"),
        ("hi", "1857 से 1947 तक, 1500 से ज़्यादा", "अठारह सौ सत्तावन से उन्नीस सौ सैंतालीस तक एक हज़ार पाँच सौ से ज़्यादा"),
        ("hi", "Rs 1,00,000/- और ₹2.5 लाख करोड़", "एक लाख रुपये और दो दशमलव पाँच लाख करोड़ रुपये"),
        ("hi", "ए.पी.जे. अब्दुल, स.पा., #भारत", "ए पी जे अब्दुल सपा हैशटैग भारत"),
        ("hi", "2½ घंटे, 1½ किलो, 5:30 PM", "ढाई घंटे डेढ़ किलो शाम साढ़े पाँच बजे"),
        (
            "hi",
            "डॉ.वर्मा 1980 के दशक में, 98765-43210, मा.क.पा.",
            "डॉक्टर वर्मा उन्नीस सौ अस्सी के दशक में नौ आठ सात छह पाँच चार तीन दो एक शून्य माकपा",
        ),
        ("es", "D. José y D.ª Ana, p.12, 2½ tazas", "don José y doña Ana página doce dos y media tazas"),
        ("es", "un millón de euros: 1.000.000 €", "un millón de euros un millón de euros"),
        ("es", "Tel.: 91; 15 €/mes, 8 €/hora", "teléfono noventa y uno quince euros al mes ocho euros por hora"),
        (
            "fr-fr",
            "Il mesure 1m75, 7 x 8 = 56.",
            "il mesure un mètre soixante quinze sept fois huit égale cinquante six",
        ),
        ("fr-fr", "la S.A. Dupont, 24x7", "la S A Dupont vingt quatre sept"),
        ("it", "15 €/mese, 9 €/ora, 20 €/notte", "quindici euro al mese nove euro all'ora venti euro a notte"),
        ("it", "sulla SS 36 e 1m65", "sulla strada statale trentasei e un metro e sessantacinque"),
        ("pt-br", "4 x 6 = 24, 1m62", "quatro vezes seis igual a vinte e quatro um metro e sessenta e dois"),
        ("hi", "24x7 खुला", "चौबीस सात खुला"),
    ],
)
def test_neighbouring_cases(language: str, written: str, spoken: str) -> None:
    assert plain(normalise(written, language).spoken) == spoken.lower()
