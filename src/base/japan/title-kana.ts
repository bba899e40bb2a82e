import { isKatakana, toKatakana } from './kana.ts'

/** The readings of the titles that the programme itself uses. */
const READINGS = new Map([
  ['テレワーク相談会', 'テレワークソウダンカイ'],
  ['テレワーク無料相談会', 'テレワークムリョウソウダンカイ'],
  ['テレワーク個別相談会', 'テレワークコベツソウダンカイ'],
  ['テレワーク導入相談会', 'テレワークドウニュウソウダンカイ'],
  ['テレワーク出張相談会', 'テレワークシュッチョウソウダンカイ'],
  ['テレワークオンライン相談会', 'テレワークオンラインソウダンカイ'],
  ['オンライン相談会', 'オンラインソウダンカイ'],
  ['個別相談会', 'コベツソウダンカイ'],
  ['無料相談会', 'ムリョウソウダンカイ'],
  ['豊田市テレワーク相談', 'トヨタシ テレワークソウダン'],
  ['テレワーク導入セミナー', 'テレワークドウニュウセミナー'],
  ['働き方改革セミナー', 'ハタラキカタカイカクセミナー'],
  ['働き方改革セミナー「『働く、が変わる』テレワーク」', 'ハタラキカタカイカクセミナー ハタラク ガ カワル テレワーク'],
])

/** The reading of a title in katakana, if it is a usual title or in kana alone. Otherwise null. Width does not matter. */
export function titleReading(title: string): string | null {
  const known = READINGS.get(title.normalize('NFKC').replace(/\s/g, ''))
  if (known !== undefined) return known
  const kana = toKatakana(title)
  return isKatakana(kana) ? kana : null
}
