/**
 * The local-government code of a prefecture: its code of JIS X 0401, three zeros, and the check digit
 * (全国地方公共団体コード). 08 is 080004.
 */
export function prefectureLgCode(code: string): string {
  const sum = Number(code.slice(0, 1)) * 6 + Number(code.slice(1)) * 5
  return `${code}000${(11 - (sum % 11)) % 10}`
}
