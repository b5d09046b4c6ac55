// Changes the rate of speech without changing its pitch, by WSOLA (Verhelst and Roelands, ICASSP 1993): frames that
// overlap by half are placed at a different distance than in the original. Each frame is taken from where, near its
// nominal position, it best continues the previous one.

function stretched(samples, rate) {
  if (rate === 1) return samples;
  const FRAME = 720; // samples: 30 ms, more than a period of the lowest voice
  const HOP = FRAME / 2;
  const REACH = 240; // samples to either side that are searched for the best position

  // The difference between the frames at two positions, measured at every `step`th sample.
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
      // The overlapping halves of two windows add up to one; nothing overlaps the first half of the first frame.
      const weight = begin === 0 && i < HOP ? 1 : 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / FRAME);
      out[begin + i] += weight * (samples[place + i] ?? 0);
    }
    before = place;
  }
  return out;
}
