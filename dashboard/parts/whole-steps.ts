/** How far apart values at the axis may be where they are whole numbers. */
export const wholeSteps = Array.from({ length: 16 }, (_, power) =>
  [1, 2, 5].map((digit) => digit * 10 ** power),
).flat();
