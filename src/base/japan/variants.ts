/** Name kanji that the same person writes one way and a desk types another: each text is one set. */
const SETS = [
  '高髙',
  '崎﨑嵜碕',
  '吉𠮷',
  '辺邊邉',
  '斉齊斎齋',
  '浜濱濵',
  '沢澤',
  '島嶋嶌',
  '広廣',
  '国國',
  '桜櫻',
  '徳德',
  '富冨',
]
  .concat(['恵惠', '真眞', '関關', '滝瀧', '竜龍', '渕淵', '槙槇', '館舘', '峰峯', '柳栁'])
  .map((set) => [...set])

/** No search becomes more patterns than this. */
const MOST = 24

/** The ways in which a name may be written that somebody typed one way, that one first: 高橋 and 髙橋. */
export function variantsOf(text: string): string[] {
  let ways = ['']
  for (const letter of text) {
    const set = SETS.find((each) => each.includes(letter)) ?? []
    const letters = ways.length * set.length > MOST ? [letter] : [letter, ...set.filter((one) => one !== letter)]
    ways = ways.flatMap((way) => letters.map((one) => way + one))
  }
  return ways
}
