/**
 * `log`, `exp` and `pow` from + − × ÷ alone. V8's own differ between versions in 3–10 % of inputs (DESIGN §3), and
 * one differing bit is another trace. The methods are Sun's fdlibm (log, exp: below 1 ulp) and, for `pow`, a
 * logarithm carried in two doubles.
 */
const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
float[0] = 1;
/** Which half of a double holds its exponent: every machine we run on is little-endian, but asking is free. */
const high = words[1] === 0x3ff00000 ? 1 : 0;

const ln2High = 6.9314718036912381649e-1;
const ln2Low = 1.90821492927058770002e-10;
/** What is missing from the two above. */
const ln2Rest = 1.16122272293625319e-26;
const invertedLn2 = 1.442695040888963387;

/** Every power of two that is a double, from 2^-1074. */
const powers = new Float64Array(2098);
for (let k = 0, power = 2 ** -1074; k < powers.length; k++, power *= 2) powers[k] = power;

/** The square root; IEEE 754 fixes its every bit. */
export const sqrt = Math.sqrt;

/** The natural logarithm. −Infinity at 0, NaN below. */
export function log(x: number): number {
  if (!(x > 0) || x === Infinity) return x === 0 ? -Infinity : x === Infinity ? Infinity : NaN;
  let shift = 0;
  if (x < 2.2250738585072014e-308) {
    x *= 2 ** 54;
    shift = -54;
  }
  // x = 2^k · (1 + f) with 1 + f in [√½, √2).
  float[0] = x;
  const exponent = ((words[high]! + (0x3ff00000 - 0x3fe6a09e)) >>> 20) - 0x3ff;
  const k = shift + exponent;
  const f = x * powerOfTwo(-exponent) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const odd = z * (6.66666666666673513e-1 + w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const half = 0.5 * f * f;
  return s * (half + odd + even) + k * ln2Low - half + f + k * ln2High;
}

/** e to the x. */
export function exp(x: number): number {
  if (x !== x) return NaN;
  if (x > 709.782712893383973096) return Infinity;
  if (x < -745.13321910194110842) return 0;
  const k = Math.floor(invertedLn2 * x + 0.5);
  const upper = x - k * ln2High;
  const lower = k * ln2Low;
  const r = upper - lower;
  const t = r * r;
  const c =
    r -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 + t * (6.61375632143793436117e-5 + t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))));
  return scale(1 - (lower - (r * c) / (2 - c) - upper), k);
}

/** x to the y, for x ≥ 0 (and for whole y below 0). */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (x !== x || y !== y) return NaN;
  if (x < 0) return Math.floor(y) !== y ? NaN : y % 2 === 0 ? pow(-x, y) : -pow(-x, y);
  if (x === 0) return y > 0 ? 0 : Infinity;
  if (x === Infinity) return y > 0 ? Infinity : 0;
  if (y === Infinity || y === -Infinity) return x > 1 === y > 0 ? Infinity : 0;
  const [head, tail] = doubleLog(x);
  const product = head * y;
  if (!(Math.abs(product) < 746)) return product > 0 ? Infinity : 0;
  const rest = productError(head, y, product) + tail * y;
  const power = exp(product);
  return power === Infinity ? power : power + power * rest;
}

/** value · 2^k; in two steps where 2^k alone is no double. */
function scale(value: number, k: number): number {
  if (k >= -1021 && k <= 1023) return value * powerOfTwo(k);
  const half = k >> 1;
  return value * powerOfTwo(half) * powerOfTwo(k - half);
}

function powerOfTwo(k: number): number {
  return powers[k + 1074]!;
}

/**
 * ln x as head + tail, good to about 2^-95: ln m = 2 artanh((m − 1)/(m + 1)), the quotient and the first terms of
 * the series in double-double.
 */
function doubleLog(x: number): readonly [number, number] {
  const k = Math.floor(log(x) * invertedLn2 + 0.5);
  const m = scale(x, -k);
  const above = m - 1;
  const below = m + 1;
  const rounded = below - m;
  const belowError = m - (below - rounded) + (1 - rounded);
  const s = above / below;
  const back = s * below;
  const sTail = (above - back - productError(s, below, back) - s * belowError) / below;
  const [sum, sumTail] = artanhSeries(s, sTail);
  const upper = k * ln2High;
  const head = upper + 2 * sum;
  const error = Math.abs(upper) > Math.abs(2 * sum) ? upper - head + 2 * sum : 2 * sum - head + upper;
  const tail = error + 2 * sumTail + k * ln2Low + k * ln2Rest;
  // Normalised: `pow` takes what follows the head for too small to be squared.
  const whole = head + tail;
  return [whole, head - whole + tail];
}

/** s + s³/3 + s⁵/5 + … by Horner's rule in double-double; |s| ≤ 0.172, so 24 terms are past the last bit. */
function artanhSeries(s: number, sTail: number): readonly [number, number] {
  const square = s * s;
  const squareTail = productError(s, s, square) + 2 * s * sTail;
  let sum = 0;
  let tail = 0;
  for (let n = 47; n >= 1; n -= 2) {
    const term = 1 / n;
    const termTail = (1 - n * term - productError(n, term, n * term)) / n;
    const product = sum * square;
    const productTail = productError(sum, square, product) + sum * squareTail + tail * square;
    sum = term + product;
    tail = term - sum + product + productTail + termTail;
  }
  const head = s * sum;
  return [head, productError(s, sum, head) + s * tail + sTail * sum];
}

/** What rounding took from a · b (Dekker's product, after Veltkamp's split). */
function productError(a: number, b: number, product: number): number {
  const aBig = a * 134217729;
  const aHead = aBig - (aBig - a);
  const aTail = a - aHead;
  const bBig = b * 134217729;
  const bHead = bBig - (bBig - b);
  const bTail = b - bHead;
  return aTail * bTail - (product - aHead * bHead - aTail * bHead - aHead * bTail);
}
