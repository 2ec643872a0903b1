// The machine's own MD5, for comparison.
import { createHash } from 'node:crypto';

export const md5 = (data: Uint8Array): string => createHash('md5').update(data).digest('hex');
