import { toKatakana } from './kana.ts'
import { plainKanji } from './variants.ts'

/** Legal forms and what is written for short in brackets: 株式会社 is (株) or ㈱. */
const LEGAL_FORMS: [long: RegExp, short: string][] = [
  [/株式会社/g, '株'],
  [/有限会社/g, '有'],
  [/合同会社/g, '合'],
  [/合資会社/g, '資'],
  [/合名会社/g, '名'],
  [/(?:一般)?社団法人/g, '一社'],
  [/公益社団法人/g, '公社'],
  [/(?:一般)?財団法人/g, '一財'],
  [/公益財団法人/g, '公財'],
  [/社会福祉法人/g, '福'],
  [/医療法人/g, '医'],
  [/学校法人/g, '学'],
  [/(?:特定非営利活動|npo)法人/g, '特非'],
]
const SHORT = new RegExp(
  `\\((${[...LEGAL_FORMS.map(([, short]) => short), '同', '社福', '財', '社'].join('|')})\\)`,
  'g',
)

/** Letters of the Latin alphabet that are no letter with an accent, and how they are typed without them. */
const LATIN: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' }

const VU: Record<string, string> = { ヴァ: 'バ', ヴィ: 'ビ', ヴェ: 'ベ', ヴォ: 'ボ', ヴュ: 'ビュ', ヴ: 'ブ' }
const LARGE: Record<string, string> = Object.fromEntries(
  [
    'ァア',
    'ィイ',
    'ゥウ',
    'ェエ',
    'ォオ',
    'ッツ',
    'ャヤ',
    'ュユ',
    'ョヨ',
    'ヮワ',
    'ヵカ',
    'ヶケ',
    'ヂジ',
    'ヅズ',
    'ヲオ',
  ]
    .concat(['ヰイ', 'ヱエ'])
    .map((pair) => [...pair] as [string, string]),
)

/** Legal forms between marks that no text has after folding. */
function withLegalForms(text: string): string {
  const long = LEGAL_FORMS.toReversed().reduce((done, [form, short]) => done.replaceAll(form, `⟨${short}⟩`), text)
  return long.replaceAll(SHORT, '⟨$1⟩').replaceAll('⟨同⟩', '⟨合⟩').replaceAll('⟨社福⟩', '⟨福⟩')
}

/** Katakana without the differences that people do not hear or do not type. */
function withPlainKana(text: string): string {
  return toKatakana(text)
    .replace(/ヴ[ァィェォュ]?/g, (kana) => VU[kana] ?? kana)
    .replace(/[ァィゥェォッャュョヮヵヶヂヅヲヰヱ]/g, (kana) => LARGE[kana] ?? kana)
    .replace(/(?<=\p{Script=Han})[ガカケ箇](?=\p{Script=Han})/gu, 'ケ')
}

function withPlainLatin(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replace(/[ßæœøłđðþı]/g, (letter) => LATIN[letter] ?? letter)
}

/**
 * The key by which a name, company or reading is found. It is the same for 株式会社, (株) and ㈱. It is the same for ヶ, ケ and
 * が between kanji, for ヴァ and バ, for small and large kana. It ignores accents, width, case and old forms of kanji. Spaces,
 * ー, ・ and all other marks are left out. A legal form stands between ⟨ and ⟩. For search only.
 */
export function foldName(text: string): string {
  const plain = withPlainLatin(withLegalForms(text.normalize('NFKC').toLowerCase()))
  return withPlainKana(plainKanji(plain)).replace(/[^\p{L}\p{N}⟨⟩]|ー/gu, '')
}
