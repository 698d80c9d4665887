/** The hashes by which balancers choose, over a text's UTF-8 bytes; each gives an unsigned 32-bit number. */

export type Bytes = readonly number[] | Uint8Array;

/** HAProxy's default: sdbm. */
export function sdbm(bytes: Bytes): number {
  let hash = 0;
  for (const byte of bytes) hash = (byte + (hash << 6) + (hash << 16) - hash) | 0;
  return hash >>> 0;
}

export function djb2(bytes: Bytes): number {
  let hash = 5381;
  for (const byte of bytes) hash = (Math.imul(hash, 33) + byte) | 0;
  return hash >>> 0;
}

/** HAProxy's own ([S] hash.c): two registers that are rotated by what they hold. */
export function wt6(bytes: Bytes): number {
  let low = 0xa53c965a | 0;
  let high = 0x5ca6953a | 0;
  let turnLow = 6;
  let turnHigh = 18;
  for (const byte of bytes) {
    low = ~(low ^ byte);
    high = ~((high + byte) | 0);
    const turned = rotated(high, turnLow);
    high = rotated(low, turnHigh);
    low = turned;
    const mixed = ((low >>> 16) ^ high) & 0xffff;
    turnLow = mixed & 0x1f;
    turnHigh = mixed >>> 11;
  }
  return (low ^ high) >>> 0;
}

function rotated(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

const crcTable = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  return crc;
});

/** The CRC-32 so far, to be carried on; it begins with −1 and is inverted at the end. */
export function crcUpdated(crc: number, bytes: Bytes): number {
  let register = crc;
  for (const byte of bytes) register = (register >>> 8) ^ crcTable[(register ^ byte) & 0xff]!;
  return register;
}

export function crc32(bytes: Bytes): number {
  return ~crcUpdated(-1, bytes) >>> 0;
}

/** HAProxy's full avalanche ([S] tools.h, after Bob Jenkins): every bit of the number sways every bit of the hash. */
export function avalanche(number: number): number {
  let hash = (number + 0x7ed55d16 + (number << 12)) | 0;
  hash = hash ^ 0xc761c23c ^ (hash >>> 19);
  hash = (hash + 0x165667b1 + (hash << 5)) | 0;
  hash = ((hash + 0xd3a2646c) | 0) ^ (hash << 9);
  hash = (hash + 0xfd7046c5 + (hash << 3)) | 0;
  hash = hash ^ 0xb55a4f09 ^ (hash >>> 16);
  return Math.imul(hash, 3221225473) >>> 0;
}
