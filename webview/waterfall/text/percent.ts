/** A share from 0 to 1 as people read it: `35 %`, `0.4 %`, `< 0.1 %`. */
export function percent(share: number): string {
  const of100 = share * 100;
  if (of100 > 0 && of100 < 0.1) return '< 0.1 %';
  return `${of100 < 10 ? Number(of100.toFixed(1)) : Math.round(of100)} %`;
}
