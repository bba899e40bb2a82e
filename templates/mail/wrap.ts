const NOT_FIRST = new Set('、。，．・：；？！」』）】〉》〕｝ー〜～々…ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;?!)]}”’')
const NOT_LAST = new Set('「『（【〈《〔｛([{“‘')
const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' })

/** Columns of one visible character: two if it is full-width, one for ASCII and half-width kana. */
function columnsOf(grapheme: string): number {
  const code = grapheme.codePointAt(0) ?? 0
  return code < 0x1100 || (code >= 0xff61 && code <= 0xff9f) ? 1 : 2
}

/** The number of columns of a line. A full-width character takes two. */
export function width(line: string): number {
  let columns = 0
  for (const { segment } of graphemes.segment(line)) columns += columnsOf(segment)
  return columns
}

/** Parts that stay whole: a run of half-width letters (word, number, URL), else one character with its marks. */
function piecesOf(text: string): string[] {
  const pieces: string[] = []
  let last = ''
  for (const { segment } of graphemes.segment(text)) {
    const narrow = segment !== ' ' && columnsOf(segment) === 1
    const joins = NOT_FIRST.has(segment) || NOT_LAST.has(last) || (narrow && last !== ' ' && columnsOf(last) === 1)
    if (joins && pieces.length > 0 && last !== ' ') pieces.push(`${pieces.pop()}${segment}`)
    else pieces.push(segment)
    last = segment
  }
  return pieces
}

/** Cuts a part that fits on no line between characters, unless it is a link. */
function cut(piece: string, columns: number): string[] {
  if (width(piece) <= columns || piece.includes('://')) return [piece]
  return Array.from(graphemes.segment(piece), ({ segment }) => segment)
}

/**
 * Breaks a text into lines of at most `columns` (70: 35 full-width characters). Links are never broken. No line begins
 * with a closing mark or ends with an opening one (禁則). Lines after the first begin with `indent`.
 */
export function wrapped(text: string, indent = '', columns = 70): string[] {
  return text.split(/\r\n|\r|\n/).flatMap((paragraph) => {
    const lines: string[] = []
    let line = ''
    for (const piece of piecesOf(paragraph).flatMap((one) => cut(one, columns - width(indent)))) {
      if (line.trim() !== '' && width(line + piece.trimEnd()) > columns) {
        lines.push(line.trimEnd())
        line = indent + piece.trimStart()
      } else line += piece
    }
    return [...lines, line.trimEnd()]
  })
}
