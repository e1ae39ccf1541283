import type { Fault } from '../../model/fault.ts';
import { paletteWords } from '../../model/palette-words.ts';
import { wrap } from '../text/wrap.ts';
import type { PieceLine } from './fields.ts';

/** What happened, what to do next, and the vendor's own message. */
export function faultPieces(fault: Fault, width: number): readonly PieceLine[] {
  const vendor = fault.vendor;
  const said = [
    vendor?.status === null || vendor?.status === undefined ? null : `HTTP ${vendor.status}`,
    vendor?.code ?? null,
    vendor?.message ?? null,
    vendor?.correlationId === null || vendor?.correlationId === undefined ? null : `id ${vendor.correlationId}`,
  ].filter((word) => word !== null);
  return [
    ...wrap(fault.message, width).map((text): PieceLine => [{ text, tone: 'bad' }]),
    ...wrap(paletteWords(fault.next), width).map((text): PieceLine => [{ text }]),
    ...(said.length === 0
      ? []
      : wrap(`The vendor: ${said.join(' · ')}`, width).map((text): PieceLine => [{ text, tone: 'dim' }])),
  ];
}
