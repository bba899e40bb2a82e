/** The most words of a sentence in a comment. */
const MOST_WORDS = 20

/** Phrases that a reader has to decode, each with a plain way to say it. */
const DIALECT: readonly [RegExp, string][] = [
  [
    /(?<!\b(?:places?|pages?|folder|file|point|knows?|says?|sees?|from) )\bwhere (?:it|they|there|nobody|somebody|everybody|none|no|not|that|this|these|those|one|either|any|some|only|who|what|an?|the \S+ (?:is|was|are|were|has|have|does|do|may|must))\b/i,
    'if, when',
  ],
  [/\breckon/i, 'compute'],
  [/\bharmless\b/i, 'idempotent'],
  [/\b(?:come|comes|came|coming) by\b(?! (?:web|API|post|mail|e-mail|telephone|phone|counter)\b)/i, 'get, pass'],
  [/\bas (?:it|they) (?:stands?|stood)\b/i, 'unchanged, at this moment'],
  [/\b(?:anew|afresh)\b/i, 'again'],
  [/\b(?:thereby|lest|whoever|wherever)\b/i, 'a sentence with its own subject'],
  [/\b(?:is|are|was|were|be|been|being) told\b/i, 'is notified, gets a letter, is returned'],
  [/\b(?:tend|tends|tended|tending)\b(?! to\b)/i, 'manage'],
  [/\b(?:(?:is|are|be|was) of (?:no )?use|at hand|comes? to be|nobody's)\b/i, 'a plain verb'],
  [/\b(?:doors?|errands?|chores?|stumbl\w*)\b/i, 'route, due work, daily job, fail'],
  [
    /(?:\b(?:for|to|by|with|than|only|and|but|lets?) |(?:^|[:;] ))who (?:waits?|waited|books?|booked|signs?|signed|asks?|asked|wants?|wanted|reads?|has|have|is|are|was|were|may|still|comes?|came|took|takes|made|works?)\b/i,
    'people who',
  ],
]

/** A comment: a block, or a run of lines. */
const COMMENT = /(?<=^|[\s{(])(?:\/\*[\s\S]*?\*\/|\/\/ [^\n]*(?:\n[^\S\n]*\/\/ [^\n]*)*)/g

/** The sentences of a comment. Code in backticks becomes one word; instructions to other tools are left out. */
function sentencesOf(comment: string): string[] {
  const lines = comment.split('\n').map((line) =>
    line
      .replace(/^\s*(?:\/\*+|\*(?!\/)|\/\/)/, '')
      .replace(/\*\/$/, '')
      .trim(),
  )
  const text = lines
    .filter((line) => !/^(?:biome-ignore|@ts-|oxlint-)/.test(line))
    .map((line) => line || '.')
    .join(' ')
  return text
    .replaceAll(/`[^`]*`/g, '`code`')
    .split(/(?<=[.!?][)」』]?)\s+(?=\S)/)
    .filter((sentence) => /\w/.test(sentence))
}

/** What is wrong with a sentence, each with a plain way to say it. Empty if nothing is. */
function faultsOf(sentence: string): string[] {
  const words = sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
  const phrases = DIALECT.flatMap(([pattern, plain]) => {
    const [found] = pattern.exec(sentence) ?? []
    return found === undefined ? [] : [`"${found.trim()}": say ${plain}`]
  })
  return words > MOST_WORDS ? [...phrases, `${words} words, ${MOST_WORDS} at most`] : phrases
}

/** What is wrong with the comments of a source: the line of the comment, the fault and the sentence. */
export function dialectIn(source: string): { line: number; fault: string; sentence: string }[] {
  return [...source.matchAll(COMMENT)].flatMap(({ 0: comment, index }) => {
    const line = source.slice(0, index).split('\n').length
    return sentencesOf(comment).flatMap((sentence) => faultsOf(sentence).map((fault) => ({ line, fault, sentence })))
  })
}
