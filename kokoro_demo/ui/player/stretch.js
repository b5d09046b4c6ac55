// Speech at another rate with its pitch kept: WSOLA (Verhelst and Roelands, ICASSP 1993). Frames are laid half over each
// other at another distance than they were taken from, each from the place near its own at which it continues the frame
// before it best.

function stretched(samples, rate) {
  if (rate === 1) return samples;
  const FRAME = 720; // samples: 30 ms, a period of the lowest voice and more
  const HOP = FRAME / 2;
  const REACH = 240; // samples to either side in which the best place is sought

  // How far the frames at two places differ, looked at in every `step`th sample.
  const difference = (one, other, step) => {
    let sum = 0;
    for (let i = 0; i < FRAME; i += step) sum += Math.abs((samples[one + i] ?? 0) - (samples[other + i] ?? 0));
    return sum;
  };
  const bestNear = (middle, reach, step, target, every) => {
    let [best, least] = [middle, Infinity];
    for (let place = Math.max(0, middle - reach); place <= middle + reach; place += step) {
      const sum = difference(place, target, every);
      if (sum < least) [best, least] = [place, sum];
    }
    return best;
  };

  const length = Math.max(1, Math.round(samples.length / rate));
  const out = new Float32Array(length);
  let before = 0;
  for (let begin = 0; begin < length; begin += HOP) {
    let place = Math.round(begin * rate);
    if (begin > 0) {
      const target = before + HOP;
      place = bestNear(bestNear(place, REACH, 4, target, 6), 4, 1, target, 2);
    }
    for (let i = 0; i < FRAME && begin + i < length; i++) {
      // The halves of two windows that overlap sum to one; the first frame has none before it.
      const weight = begin === 0 && i < HOP ? 1 : 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / FRAME);
      out[begin + i] += weight * (samples[place + i] ?? 0);
    }
    before = place;
  }
  return out;
}
