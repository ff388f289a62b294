import type { Colour } from '../../../webview/ui/colour';

type Matrix = readonly (readonly [number, number, number])[];

/** How an eye sees linear sRGB. */
export interface ColourVision {
  readonly name: string;
  readonly matrix: Matrix;
}

/**
 * Normal vision and the three dichromacies at full severity (Machado, Oliveira, Fernandes: "A Physiologically-based
 * Model for Simulation of Color Vision Deficiency", 2009, tables for severity 1.0).
 */
export const colourVisions: readonly ColourVision[] = [
  {
    name: 'normal vision',
    matrix: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  },
  {
    name: 'protanopia',
    matrix: [
      [0.152286, 1.052583, -0.204868],
      [0.114503, 0.786281, 0.099216],
      [-0.003882, -0.048116, 1.051998],
    ],
  },
  {
    name: 'deuteranopia',
    matrix: [
      [0.367322, 0.860646, -0.227968],
      [0.280085, 0.672501, 0.047413],
      [-0.01182, 0.04294, 0.968881],
    ],
  },
  {
    name: 'tritanopia',
    matrix: [
      [1.255528, -0.076749, -0.178779],
      [-0.078411, 0.930809, 0.147602],
      [0.004733, 0.691367, 0.3039],
    ],
  },
];

/** Distance in OKLab (Ottosson 2020): about 0.02 is just noticeable side by side. */
export function difference({ matrix }: ColourVision, a: Colour, b: Colour): number {
  const [p, q] = [a, b].map(colour => oklab(apply(matrix, [colour.r, colour.g, colour.b].map(linear))));
  return Math.hypot(...p!.map((value, i) => value - q![i]!));
}

function linear(c: number): number {
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
}

function apply(matrix: Matrix, vector: readonly number[]): number[] {
  return matrix.map(row => {
    const sum = row.reduce((total, factor, i) => total + factor * (vector[i] ?? 0), 0);
    return Math.min(1, Math.max(0, sum));
  });
}

function oklab([r = 0, g = 0, b = 0]: readonly number[]): number[] {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
