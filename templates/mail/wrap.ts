const NOT_FIRST = new Set('、。，．・：；？！」』）】〉》〕｝ー〜～々…ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;?!)]}”’')
const NOT_LAST = new Set('「『（【〈《〔｛([{“‘')
const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' })

/** Columns of one visible character: two if it is full-width, one for ASCII and half-width kana. */
function columnsOf(grapheme: string): number {
  const code = grapheme.codePointAt(0) ?? 0
  return code < 0x1100 || (code >= 0xff61 && code <= 0xff9f) ? 1 : 2
}

/** Text of signs that each stand alone: ASCII, kana, kanji and full-width forms, without marks that join. */
const ALONE = /^[\x20-\x7e\u3000-\u3029\u3041-\u3096\u309b-\u30ff\u4e00-\u9fff\uff01-\uff9d]*$/

/** The visible characters of a text. Segmenting is slow, and most texts do not need it. */
function charactersOf(text: string): string[] {
  return ALONE.test(text) ? text.split('') : Array.from(graphemes.segment(text), ({ segment }) => segment)
}

/** The number of columns of a line. A full-width character takes two. */
export function width(line: string): number {
  let columns = 0
  for (const character of charactersOf(line)) columns += columnsOf(character)
  return columns
}

/** A part of a line, and how many columns it takes. */
type Piece = { text: string; columns: number }

/** Parts that stay whole: a run of half-width letters (word, number, URL), else one character with its marks. */
function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  let last = ''
  let wasNarrow = false
  for (const character of charactersOf(text)) {
    const columns = columnsOf(character)
    const narrow = character !== ' ' && columns === 1
    const joins = NOT_FIRST.has(character) || NOT_LAST.has(last) || (narrow && wasNarrow)
    const before = joins && last !== ' ' ? pieces.at(-1) : undefined
    if (before) {
      before.text += character
      before.columns += columns
    } else pieces.push({ text: character, columns })
    last = character
    wasNarrow = narrow
  }
  return pieces
}

/** Cuts a part that fits on no line between characters, unless it is a link. */
function cut(piece: Piece, columns: number): Piece[] {
  if (piece.columns <= columns || piece.text.includes('://')) return [piece]
  return charactersOf(piece.text).map((text) => ({ text, columns: columnsOf(text) }))
}

/** The columns of a part without the space at its end, which a line may lose. */
function shown({ text, columns }: Piece): number {
  const trimmed = text.trimEnd()
  return trimmed.length === text.length ? columns : width(trimmed)
}

/**
 * Breaks a text into lines of at most `columns` (70: 35 full-width characters). Links are never broken. No line begins
 * with a closing mark or ends with an opening one (禁則). Lines after the first begin with `indent`.
 */
export function wrapped(text: string, indent = '', columns = 70): string[] {
  return text.split(/\r\n|\r|\n/).flatMap((paragraph) => {
    const lines: string[] = []
    let line = ''
    let taken = 0
    for (const piece of piecesOf(paragraph).flatMap((one) => cut(one, columns - width(indent)))) {
      if (taken + shown(piece) > columns && line.trim() !== '') {
        lines.push(line.trimEnd())
        line = indent + piece.text.trimStart()
        taken = width(line)
      } else {
        line += piece.text
        taken += piece.columns
      }
    }
    return [...lines, line.trimEnd()]
  })
}
