"""Train the built-in voice: ``python -m training.train --minutes 70``.

Makes the data on the first run, resumes where an earlier run stopped, and ends when its minutes are used up, with
the learning rate gone to zero. The result is an ordinary checkpoint folder.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor, nn

from kokoro_demo.g2p.alphabet import SYMBOLS
from kokoro_demo.model import Kokoro, load_weights, official_state
from kokoro_demo.model.layers import padding_mask
from training import corpus, losses
from training.dataset import SAMPLES_PER_FRAME, Utterance, Voice, utterance, words_stand_apart

HERE = Path(__file__).parent
# The variants of eSpeak NG that a recogniser understands best, two by two unlike each other, in their steady form.
VOICES = (
    Voice("af_wren", "en-us", "+steady-f2", pitch=47),
    Voice("am_finch", "en-us", "+steady-benjamin", pitch=50),
    Voice("bf_lark", "en-gb", "+steady-f2", pitch=58),
    Voice("bm_rook", "en-gb", "+steady-edward", pitch=43),
)
SENTENCES_A_VOICE = 1200
FOREIGN_SENTENCES_A_VOICE = 60
VALIDATION_SENTENCES_A_VOICE = 8
SEED = 1
PACK_ROWS = 510
LEARNING_RATE, WARM_UP_STEPS = 1.2e-3, 100
EMA = 0.999
SAVE_EVERY_SECONDS = 240
# Frames a batch: of whole utterances, which the text side reads, and of the crops, which the vocoder makes.
BATCH_SIZE, BATCH_FRAMES, CROPPED_FRAMES = 8, 1600, 288
# Prosody is learnt sooner than sound, and its recurrent layers are slow.
PROSODY_EVERY = 4
# Symbols that no sentence holds take the embedding of the one that sounds most alike.
UNHEARD = dict(zip("ʥʨᵝꭧSqɕçɖɚɥɨɯɰɳɴɸɻɽʂʈʋɤχʔʲ↓→↗↘", "ʤʧβʦskʃhdəwɪʊɡnnfɹɾʃtvəhtj,,,,", strict=True))


@dataclass(frozen=True, slots=True)
class Batch:
    """B utterances of similar length, padded; `frames` has the frames of each token, the last stretched to fit."""

    ids: Tensor
    lengths: Tensor
    durations: Tensor
    frames: Tensor
    voices: Tensor
    audio: Tensor
    f0: Tensor
    energy: Tensor


class Trainee(nn.Module):
    """The model and the voices' styles, trained together."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()
        self.model = Kokoro(config)
        self.styles = nn.Parameter(torch.randn(len(VOICES), 2 * config["style_dim"]) * 0.5)
        # Texts are seldom as long as the context: a place never trained must say nothing.
        nn.init.zeros_(self.model.bert.embeddings.position_embeddings.weight)

    def prosody_losses(self, batch: Batch) -> dict[str, Tensor]:
        """How far durations, F0 and energy are from eSpeak's."""
        real = ~padding_mask(batch.lengths, batch.ids.shape[1])
        features = self._features(batch)
        logits = self.model.predictor.duration_logits(features, batch.lengths)
        f0, energy = self._curves(features, batch)
        f0_loss, energy_loss = losses.curve_loss(f0, energy, batch.f0, batch.energy)
        return {
            "duration": losses.duration_loss(logits, batch.durations, real),
            "f0": f0_loss,
            "energy": energy_loss,
        }

    @torch.no_grad()
    def with_own_curves(self, batch: Batch) -> Batch:
        """The batch with the F0 and energy that are predicted for it, which the vocoder is given in use."""
        f0, energy = self._curves(self._features(batch), batch)
        return replace(batch, f0=f0, energy=energy)

    def sound_losses(self, batch: Batch, crop: int, draw: random.Random) -> dict[str, Tensor]:
        """How far `crop` frames of each utterance are from eSpeak's, given its durations, F0 and energy."""
        model, timbre = self.model, self.styles[batch.voices, : self.model.config.style_dim]
        text = _aligned(model.text_encoder(batch.ids, batch.lengths).transpose(1, 2), batch.frames)
        starts = [draw.randint(0, batch.audio.shape[1] // SAMPLES_PER_FRAME - crop) for _ in batch.voices]
        made = model.decoder(
            _cropped(text, starts, crop).transpose(1, 2),
            _cropped(batch.f0, starts, crop, 2),
            _cropped(batch.energy, starts, crop, 2),
            timbre,
        )
        target = _cropped(batch.audio, starts, crop, SAMPLES_PER_FRAME)
        log_stft, convergence = losses.spectral_loss(made, target)
        return {
            "stft": log_stft,
            "convergence": convergence,
            "mel": losses.mel_loss(made, target),
            "offset": made.mean(dim=1).abs().mean(),
        }

    def _features(self, batch: Batch) -> Tensor:
        model = self.model
        read = model.bert_encoder(model.bert(batch.ids, batch.lengths))
        return model.predictor.text_encoder(read, self._manner(batch), batch.lengths)

    def _curves(self, features: Tensor, batch: Batch) -> tuple[Tensor, Tensor]:
        return self.model.predictor.curves(_aligned(features, batch.frames), self._manner(batch))

    def _manner(self, batch: Batch) -> Tensor:
        return self.styles[batch.voices, self.model.config.style_dim :]


WEIGHTS = {"stft": 1.0, "convergence": 0.5, "mel": 1.0, "offset": 10.0, "duration": 1.0, "f0": 1.0, "energy": 0.5}


def _aligned(features: Tensor, frames: Tensor) -> Tensor:
    """(B, T, C) to (B, L, C): each token repeated for its frames."""
    return torch.stack([row.repeat_interleave(count, dim=0) for row, count in zip(features, frames, strict=True)])


def _cropped(x: Tensor, starts: Sequence[int], crop: int, scale: int = 1) -> Tensor:
    return torch.stack([row[start * scale : (start + crop) * scale] for row, start in zip(x, starts, strict=True)])


def collate(utterances: Sequence[Utterance]) -> Batch:
    """Pad utterances to the longest; what is short of frames ends in silence that the last token voices."""
    tokens = max(len(item.ids) for item in utterances)
    longest = max(item.frames for item in utterances)
    ids, durations, frames = (torch.zeros(len(utterances), tokens, dtype=torch.long) for _ in range(3))
    audio = torch.zeros(len(utterances), longest * SAMPLES_PER_FRAME)
    f0, energy = torch.zeros(len(utterances), 2 * longest), torch.zeros(len(utterances), 2 * longest)
    for row, item in enumerate(utterances):
        count = len(item.ids)
        ids[row, :count], durations[row, :count], frames[row, :count] = item.ids, item.durations, item.durations
        frames[row, count - 1] += longest - item.frames
        audio[row, : len(item.audio)], f0[row, : len(item.f0)] = item.audio, item.f0
        energy[row] = item.energy[-1]
        energy[row, : len(item.energy)] = item.energy
    lengths = torch.tensor([len(item.ids) for item in utterances])
    voices = torch.tensor([item.voice for item in utterances])
    return Batch(ids, lengths, durations, frames, voices, audio, f0, energy)


def make_data(sentences_a_voice: int, seed: int = SEED) -> list[Utterance]:
    """The utterances of every voice; the same for the same seed, however many processes make them."""
    indices = range(len(VOICES))
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        voices = pool.map(make_voice_data, indices, [sentences_a_voice] * len(indices), [seed] * len(indices))
        return [Utterance(**fields) for made in voices for fields in made]


def make_voice_data(index: int, sentences: int, seed: int) -> list[dict[str, Any]]:
    """The utterances of one voice, as plain fields that another process can be sent."""
    torch.set_num_threads(1)
    torch.multiprocessing.set_sharing_strategy("file_system")
    held_back = corpus.held_back((HERE / "sentences.txt").read_text(encoding="utf-8").splitlines())
    voice, vary = VOICES[index], random.Random(seed * 100 + index)
    made = [
        utterance(text, voice, index, vary=vary) for text in corpus.sentences(sentences, seed * 100 + index, held_back)
    ]
    foreign = sentences * FOREIGN_SENTENCES_A_VOICE // SENTENCES_A_VOICE
    for language, text in corpus.foreign_sentences(foreign, seed * 100 + index):
        made.append(utterance(text, voice, index, language))
    return [_plain(item) for item in made if item is not None]


def make_stored_data(folder: Path, sentences_a_voice: int, seed: int) -> Path:
    """The file in `folder` that holds the data, made there on the first call."""
    path = folder / f"utterances-{sentences_a_voice}-{seed}.pt"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _save([_plain(item) for item in make_data(sentences_a_voice, seed)], path)
    return path


def stored_data(path: Path) -> list[Utterance]:
    """The utterances of a file of `make_stored_data` whose words stand apart."""
    made = [Utterance(**fields) for fields in torch.load(path, weights_only=True)]
    return [item for item in made if words_stand_apart(item.text, item.phonemes)]


def _plain(item: Utterance) -> dict[str, Any]:
    return {name: getattr(item, name) for name in Utterance.__slots__}


def batches(data: Sequence[Utterance], draw: random.Random, frames: int, most: int) -> Iterator[list[Utterance]]:
    """Endless batches of at most `most` utterances of about one length, about `frames` frames in all."""
    while True:
        order = sorted(data, key=lambda item: item.frames * draw.uniform(0.93, 1.07))
        groups: list[list[Utterance]] = [[]]
        for item in order:
            if (groups[-1] and item.frames * (len(groups[-1]) + 1) > frames) or len(groups[-1]) == most:
                groups.append([])
            groups[-1].append(item)
        draw.shuffle(groups)
        yield from groups


def train(
    rank: int,
    processes: int,
    minutes: float,
    folder: Path,
    data_folder: Path,
    sentences_a_voice: int,
    start: Path | None,
    prosody_only: bool,
    own_curves: bool,
    learning_rate: float,
) -> None:
    """Train until `minutes` are used up in all, over however many runs.

    Each of the `processes` has a thread and a share of the data; their gradients are averaged at every step, and
    the first keeps the clock, the average and the files.
    """
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    dist.init_process_group("gloo", init_method=f"file://{folder.resolve()}/group", rank=rank, world_size=processes)
    config = json.loads((HERE / "model.json").read_text(encoding="utf-8"))
    data = stored_data(make_stored_data(data_folder, sentences_a_voice, SEED))
    validation = stored_data(make_stored_data(data_folder, VALIDATION_SENTENCES_A_VOICE, SEED + 1))
    if rank == 0:
        seconds = sum(item.frames for item in data) / 40
        print(f"{len(data)} utterances, {seconds / 3600:.1f} hours", flush=True)
    data = data[rank::processes]
    trainee = Trainee(config)
    if start is not None:
        take_up(trainee, start)
    averaged = Trainee(config).requires_grad_(False)
    averaged.load_state_dict(trainee.state_dict())
    optimiser = torch.optim.AdamW(trainee.parameters(), learning_rate, betas=(0.9, 0.98), weight_decay=0.01)
    step, spent = resume(folder / "state.pt", trainee, averaged, optimiser)
    draw = random.Random(SEED + step + rank)
    torch.manual_seed(SEED + step + rank)
    begun = saved = time.monotonic()
    running: dict[str, float] = {}
    for utterances in batches(data, draw, BATCH_FRAMES // processes, BATCH_SIZE // processes):
        progress = _of_the_first((spent + time.monotonic() - begun) / (60 * minutes))
        if progress >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = learning_rate * min(1, (step + 1) / WARM_UP_STEPS) * 0.5 * (1 + math.cos(math.pi * progress))
        batch = collate(utterances)
        longest = batch.audio.shape[1] // SAMPLES_PER_FRAME
        parts: dict[str, Tensor] = {}
        if not prosody_only:
            heard = trainee.with_own_curves(batch) if own_curves and step % 2 else batch
            parts = trainee.sound_losses(heard, min(longest, CROPPED_FRAMES // processes // len(utterances)), draw)
        if prosody_only or step % PROSODY_EVERY == 0:
            parts |= trainee.prosody_losses(batch)
        loss = torch.stack([WEIGHTS[name] * part for name, part in parts.items()]).sum()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        _average_gradients(trainee, processes)
        nn.utils.clip_grad_norm_(trainee.parameters(), 5.0)
        optimiser.step()
        step += 1
        if rank > 0:
            continue
        rate = min(EMA, step / (step + 10))
        with torch.no_grad():
            for average, current in zip(averaged.parameters(), trainee.parameters(), strict=True):
                average.lerp_(current, 1 - rate)
        for name, part in parts.items():
            running[name] = 0.98 * running.get(name, part.item()) + 0.02 * part.item()
        if step % 25 == 0:
            report(f"step {step}, {100 * progress:.0f}%", running)
        if time.monotonic() - saved > SAVE_EVERY_SECONDS:
            saved = time.monotonic()
            store(folder, config, trainee, averaged, optimiser, step, spent + saved - begun)
    if rank == 0:
        store(folder, config, trainee, averaged, optimiser, step, spent + time.monotonic() - begun)
        report("validation", validate(averaged, validation))
    dist.destroy_process_group()


def _of_the_first(value: float) -> float:
    """The value that the first process has."""
    shared = torch.tensor([value], dtype=torch.float64)
    dist.broadcast(shared, 0)
    return shared.item()


def _average_gradients(trainee: Trainee, processes: int) -> None:
    gradients = [weights.grad for weights in trainee.parameters() if weights.grad is not None]
    flat = torch.cat([gradient.flatten() for gradient in gradients])
    dist.all_reduce(flat)
    for gradient, part in zip(gradients, (flat / processes).split([g.numel() for g in gradients]), strict=True):
        gradient.copy_(part.view_as(gradient))


@torch.no_grad()
def validate(trainee: Trainee, data: Sequence[Utterance]) -> dict[str, float]:
    """The mean losses of whole utterances, one at a time."""
    totals: dict[str, float] = {}
    for item in data:
        batch = collate([item])
        parts = trainee.sound_losses(batch, item.frames, random.Random(0)) | trainee.prosody_losses(batch)
        for name, part in parts.items():
            totals[name] = totals.get(name, 0.0) + part.item() / len(data)
    return totals


def report(heading: str, figures: dict[str, float]) -> None:
    """One line on standard output."""
    line = ", ".join(f"{name} {value:.3f}" for name, value in figures.items())
    print(f"{time.strftime('%H:%M:%S')} {heading}: {line}", flush=True)


def resume(path: Path, trainee: Trainee, averaged: Trainee, optimiser: torch.optim.Optimizer) -> tuple[int, float]:
    """The step and the seconds that an earlier run reached, its state taken up; (0, 0.0) where there was none."""
    if not path.exists():
        return 0, 0.0
    state = torch.load(path, weights_only=True)
    trainee.load_state_dict(state["trainee"])
    averaged.load_state_dict(state["averaged"])
    optimiser.load_state_dict(state["optimiser"])
    return state["step"], state["seconds"]


def take_up(trainee: Trainee, folder: Path) -> None:
    """Begin from the weights and the styles of a checkpoint folder that an earlier training exported."""
    (weights,) = folder.glob("*.pth")
    load_weights(trainee.model, torch.load(weights, weights_only=True))
    for style, voice in zip(trainee.styles.data, VOICES, strict=True):
        style.copy_(torch.load(folder / "voices" / f"{voice.name}.pt", weights_only=True)[0, 0])


def store(
    folder: Path,
    config: dict[str, Any],
    trainee: Trainee,
    averaged: Trainee,
    optimiser: torch.optim.Optimizer,
    step: int,
    seconds: float,
) -> None:
    """Save the state to resume from, and the averaged weights as a checkpoint folder."""
    state = {"trainee": trainee.state_dict(), "averaged": averaged.state_dict(), "optimiser": optimiser.state_dict()}
    _save(state | {"step": step, "seconds": seconds}, folder / "state.pt")
    export(averaged, config, folder / "checkpoint")


def export(trainee: Trainee, config: dict[str, Any], folder: Path) -> None:
    """Write an ordinary checkpoint folder: config.json, weights in half precision, and a pack for each voice."""
    (folder / "voices").mkdir(parents=True, exist_ok=True)
    text = json.dumps(config | {"vocab": SYMBOLS}, ensure_ascii=False, indent=2) + "\n"
    (folder / "config.json").write_text(text, encoding="utf-8")
    for embedding in (trainee.model.bert.embeddings.word_embeddings, trainee.model.text_encoder.embedding):
        for unheard, alike in UNHEARD.items():
            embedding.weight.data[SYMBOLS[unheard]] = embedding.weight.data[SYMBOLS[alike]]
    state = {
        module: {name: tensor.half() for name, tensor in tensors.items()}
        for module, tensors in official_state(trainee.model).items()
    }
    _save(state, folder / "kokoro-builtin.pth")
    for voice, style in zip(VOICES, trainee.styles.detach(), strict=True):
        # One row serves every length; expanded, it is stored once.
        _save(style.clone().expand(PACK_ROWS, 1, -1), folder / "voices" / f"{voice.name}.pt")


def _save(content: Any, path: Path) -> None:
    partial = path.with_suffix(".partial")
    torch.save(content, partial)
    os.replace(partial, path)


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m training.train", description=__doc__)
    options.add_argument("--minutes", type=float, default=70, help="training time in all, over however many runs")
    options.add_argument("--run", type=Path, default=HERE / "runs" / "builtin", help="where its state is kept")
    options.add_argument("--data", type=Path, default=HERE / "data", help="where the made data is kept")
    options.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="one a core is best")
    options.add_argument("--sentences", type=int, default=SENTENCES_A_VOICE, help="a voice")
    options.add_argument("--start", type=Path, metavar="FOLDER", help="begin from this checkpoint's weights")
    options.add_argument("--prosody-only", action="store_true", help="leave the sound as it is; steps are cheap")
    options.add_argument("--own-curves", action="store_true", help="every other crop has the predicted F0 and energy")
    options.add_argument("--learning-rate", type=float, default=LEARNING_RATE, help="at its highest")
    chosen = options.parse_args()
    chosen.run.mkdir(parents=True, exist_ok=True)
    (chosen.run / "group").unlink(missing_ok=True)
    make_stored_data(chosen.data, chosen.sentences, SEED)
    make_stored_data(chosen.data, VALIDATION_SENTENCES_A_VOICE, SEED + 1)
    arguments = (
        chosen.processes,
        chosen.minutes,
        chosen.run,
        chosen.data,
        chosen.sentences,
        chosen.start,
        chosen.prosody_only,
        chosen.own_curves,
        chosen.learning_rate,
    )
    torch.multiprocessing.spawn(train, arguments, nprocs=chosen.processes)


if __name__ == "__main__":
    main()
