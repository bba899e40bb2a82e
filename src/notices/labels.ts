/** What a cell or a labelled line holds. `aside` holds nothing of a record; `text` may hold anything. */
export type Role =
  | 'prefecture'
  | 'place'
  | 'day'
  | 'month'
  | 'weekday'
  | 'time'
  | 'start'
  | 'end'
  | 'format'
  | 'capacity'
  | 'deadline'
  | 'apply'
  | 'kind'
  | 'title'
  | 'note'
  | 'aside'
  | 'part'
  | 'text'

/** The words that offices print as labels and heads of columns. Longer words stand before shorter ones. */
const WORDS: readonly (readonly [Role, string])[] = [
  [
    'deadline',
    '(?:お?申し?込み?|応募|受付|予約|募集)(?:の)?(?:期限|締切日?|締め切り|〆切|期間|開始日?|最終日)|締切日?|締め切り|〆切|必着日|予約受付',
  ],
  [
    'day',
    '開催日程|開催日時|開催日|開催予定日?|日程|日時|期日|年月日|月日|日付|日|実施日時?|相談日時?|とき|開催期間|実施期間|期間|日にち|date',
  ],
  ['weekday', '曜日|曜'],
  ['month', '月'],
  ['start', '開始(?:時[刻間])?|start'],
  ['end', '終了(?:時[刻間])?|end'],
  ['time', '(?:開催|相談|実施|受講)?時間帯?|時刻|time|hours'],
  ['prefecture', '都道府県名?|県名|府県名?|開催県|都道府県|県|地域'],
  ['format', '(?:開催|実施|相談|参加|受講)?(?:形式|方法|形態|方式)'],
  ['place', '(?:開催)?(?:会場|場所)名?|開催地|ところ|会場・所在地|venue|place'],
  ['capacity', '(?:募集)?定員|募集人[数員]|募集社数|定数|相談枠数?|枠数?|人数|capacity'],
  [
    'apply',
    'お?申し?込み?(?:先|方法)?|お?申込|予約(?:先|方法)?|ご?連絡先|お?問い?合わ?せ(?:先)?|問合先|電話(?:番号)?|tel|fax|メール|e-?mail|担当(?:課|者)?|主催|共催|後援|協力|url|contact',
  ],
  ['kind', '種別|区分|種類'],
  ['title', '(?:事業|行事|講座|セミナー|相談会?|催し)名|名称|件名|テーマ|title'],
  ['note', '備考|摘要|内容|注記|プログラム'],
  [
    'aside',
    '対象(?:者|企業)?|参加費|受講料|費用|料金|相談料|持ち物|講師|相談員|その他|更新日|掲載日|公開日|発行日|ページ番号|参考|参考価格|回数?|no\\.?|番号|#|year',
  ],
]

/** 日 時: the letters of a label may be set apart. Only the plain words, not the patterns, are spread. */
function spread(pattern: string): string {
  return pattern.replace(/[\u3040-\u30ff\u4e00-\u9fff](?=[\u3040-\u30ff\u4e00-\u9fff])/g, '$& *')
}

const PATTERN = WORDS.map(([, words]) => `(${spread(words)})`).join('|')
const BULLET = '[・●■◆◇○□▽▼▲△☆★◎※*\u2022•\\-<＜>]*'
const NUMBER = '(?:\\(?\\d{1,2}[ .、)]{1,2} *)?'

const roleOf = (found: RegExpExecArray | RegExpMatchArray, first: number): Role =>
  WORDS[found.slice(first, first + WORDS.length).findIndex((group) => group !== undefined)]?.[0] ?? 'text'

const HEAD = new RegExp(`^(?:${PATTERN})(?: *[(（].*[)）])?$`, 'i')

/** The role of a column by its head; null if it is no head. `定員(名)` and `定員(1日)` are heads. */
export function headRole(text: string): Role | null {
  const found = HEAD.exec(text.trim())
  return found && roleOf(found, 1)
}

/** A label with its value in the rest of a line: where the label begins, where its value begins. */
export type Label = { role: Role; from: number; value: number }

const AT_START = new RegExp(
  `^ *${BULLET} *${NUMBER}[【\\[(<]?(?:${PATTERN})(?:[】\\])>]| *[:=]| *\\/(?!オンライン|web|zoom)|は(?=[各いすず先]|\\d)| +|$)[ :=】\\/]*`,
  'i',
)
const INSIDE = new RegExp(
  `(?<=[ 、。/・)])[【\\[(<]?(?:${PATTERN})(?: *[:=]|[】\\]>]|\\/(?!オンライン|web|zoom))[ ]*|(?<=[。])(?:${PATTERN})は`,
  'gi',
)
/** `いわき会場:` names a place and a list of days behind it. */
const NAMED_PLACE = /^ *[・●■◆○▽•]* *([^ :・●■◆○▽•]{1,20}会場) *[:=]/

/** The labels of a line of text, in order. */
export function labelsIn(text: string): Label[] {
  const labels: Label[] = []
  const start = AT_START.exec(text)
  if (start) labels.push({ role: roleOf(start, 1), from: 0, value: start[0].length })
  for (const found of text.matchAll(INSIDE)) {
    if (found.index < (labels.at(-1)?.value ?? 0)) continue
    const role = roleOf(found, 1) === 'text' ? roleOf(found, 1 + WORDS.length) : roleOf(found, 1)
    labels.push({ role, from: found.index, value: found.index + found[0].length })
  }
  return labels
}

/** The place that a line begins with, `いわき会場:`, and where its value begins. */
export function namedPlace(text: string): { place: string; value: number } | null {
  const found = NAMED_PLACE.exec(text)
  return found && { place: found[1] ?? '', value: found[0].length }
}
