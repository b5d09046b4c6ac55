import numpy as np
from PIL import Image

from training.spectrograms import CAPTION_HEIGHT, draw

TIME = np.arange(24_000) / 24_000


def tone(frequency):
    return (0.3 * np.cos(2 * np.pi * frequency * TIME)).astype(np.float32)


def test_a_panel_a_sound_with_low_tones_at_the_bottom(tmp_path):
    draw(tmp_path / "new" / "tones.png", [("low", tone(200)), ("high", tone(8000)), ("short", tone(200)[:6000])])
    picture = np.asarray(Image.open(tmp_path / "new" / "tones.png")).astype(float)
    low, high, short = (panel[CAPTION_HEIGHT:] for panel in np.split(picture, 3))
    third, quarter = low.shape[0] // 3, low.shape[1] // 4
    low_rows, high_rows = low.mean(axis=1), high.mean(axis=1)
    assert low_rows[-third:].max() > 200 > 100 > low_rows[:third].max()
    assert high_rows[:third].max() > 200 > 100 > high_rows[-third:].max()
    assert short[:, :quarter].max() > 200
    assert short[:, quarter + 10 :].max() == 0
