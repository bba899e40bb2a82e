import { PREFECTURES } from '../base/japan/prefecture.ts'
import { weekdayOf } from './days.ts'
import type { CapacityToken, Format, Recogniser, StateToken } from './tokens.ts'

const TEL = /(?:☎|℡|tel|電話|fax)?[ :.：]*\(?0\d{0,4}\)?[ \-・()]{1,3}\d{1,4}[ \-・)]{1,3}\d{3,4}(?!\d)/iy
const SPACED_TEL = /0 ?\d ?\d? ?\d? ?- ?(?:\d ?){2,4}- ?(?:\d ?){3,4}/y
const FRACTION = /\d{1,2}\/\d{1,2}(?= ?(?:以内|補助|助成|の額))/y
const ORDINAL = /第 ?\d{1,3} ?(?:回|部|期|章|条|号|会議室|研修室|会場)/y
const FLOOR = /(?:地下 ?)?[\dB]\d{0,2} ?(?:階|F(?![a-z]))(?:・\d{1,2} ?階)?/y
const DISTANCE = /\d{1,3} ?(?:週間|営業日|日|か月|ヶ月|カ月|時間|分|年)(?:前|以内|間|目|後)/y
const DURATION =
  /\d{1,2} ?(?:社|名|人|組|回|枠|件|コマ|事業所)(?:につき|あたり|当たり|様)? ?(?:約|各|最大)?\d{1,3} ?(?:分|時間)/y
const PER_FIRM = /1 ?(?:社|団体|企業|事業所|組)(?:につき|あたり|当たり|から)? ?\d{1,2} ?(?:名|人)(?:様)?(?:まで|以内)/y
const MINUTES = /\d{1,3} ?分(?!の)(?:\/回)?(?:×\d+回)?/y
const RECEPTION =
  /(?:来所の)?(?:受付|開場|受付開始|開門|入室)(?:開始|時間|は)?[ :]*(?:午前|午後)?\d{1,2}(?:時(?:\d{1,2}分|半)?|:\d{2})(?:~|から|より|まで|開始)?/y
const MONEY = /[\d,]+ ?(?:万円|円|%|%|ポイント)/y
const ADDRESS = /\d{1,4}-\d{1,4}(?:-\d{1,4})*(?= |号|番|$|\))/y

const PHONES = [TEL, SPACED_TEL]
const OTHERS = [FRACTION, ORDINAL, FLOOR, DURATION, PER_FIRM, DISTANCE, MINUTES, MONEY, RECEPTION]
const QUIET = [...PHONES, ...OTHERS]

/** Figures that are neither a day, an hour nor a number of people. */
export const quiet: Recogniser = (text, at) => {
  if (/\d/.test(text[at - 1] ?? '') && /\d/.test(text[at] ?? '')) return null
  for (const pattern of QUIET) {
    pattern.lastIndex = at
    if (pattern.exec(text))
      return { token: { kind: 'quiet', isPhone: PHONES.includes(pattern) }, to: pattern.lastIndex }
  }
  return null
}

/** A street address; asked after days and hours, which may look like one. */
export const address: Recogniser = (text, at) => {
  if (/[\d-]/.test(text[at - 1] ?? '')) return null
  ADDRESS.lastIndex = at
  return ADDRESS.exec(text) ? { token: { kind: 'quiet', isPhone: false }, to: ADDRESS.lastIndex } : null
}

const UNIT = '(?:名|人|社|組|事業所|世帯|企業|団体|者|枠)'
const COUNT = new RegExp(
  `(各日とも|各日|毎回|各回|各部|各会場|1日(?:あたり|当たり|につき)?|1回(?:あたり|当たり|につき)?|両日とも|計|合計|全体で|あわせて|合わせて)? ?` +
    `(会場|現地|来場|来所|対面|オンライン|web|zoom)?(?:参加)?(?:先着順?|限定|定員|最大)?[ :は]*(?:約|各)?(\\d{1,4})(?: ?[~-] ?\\d{1,4})? ?${UNIT}` +
    `(?:様|程度|まで|限定)*(?:[/／](日|回|部))?(?!以上|以下|未満|規模|につき|あたり|当たり|代|目|の企業|超)`,
  'iy',
)
const ENGLISH =
  /(?:capacity|max(?:imum)?|up to|limit(?:ed to)?)[ :]*(\d{1,4})(?: ?(?:people|persons?|companies|firms|seats))?|(\d{1,4}) ?(?:people|persons|companies|firms|seats)/iy
const SLASHED = new RegExp(`(\\d{1,4}) ?${UNIT} ?[/／] ?(1?日|1?回)`, 'y')

const PER: Record<string, CapacityToken['per']> = { 日: 'day', 回: 'round', 部: 'round' }

function perOf(word: string): CapacityToken['per'] {
  if (/各日|1日|毎回|両日とも|各会場/.test(word)) return 'day'
  if (/各回|1回|各部/.test(word)) return 'round'
  return /計|全体|合わせて|あわせて/.test(word) ? 'total' : null
}

/** How many: `4名/日`, `各日3人`, `1日5社`, `先着6組`, `各回2社`, `会場40名`. */
export const capacity: Recogniser = (text, at) => {
  if (
    /\d/.test(text[at - 1] ?? '') ||
    /従業員|社員|対象.{0,5}$|(?:相談員|講師|専門家|アドバイザー|マネージャー|スタッフ|担当者?)(?:は|が)?(?:各回|各日)?$/.test(
      text.slice(Math.max(0, at - 10), at),
    )
  )
    return null
  SLASHED.lastIndex = at
  const slashed = SLASHED.exec(text)
  if (slashed) {
    const token = {
      kind: 'capacity' as const,
      count: Number(slashed[1]),
      per: PER[(slashed[2] ?? '').slice(-1)] ?? null,
      format: null,
    }
    return { token, to: SLASHED.lastIndex }
  }
  ENGLISH.lastIndex = at
  const english = ENGLISH.exec(text)
  if (english) {
    const count = Number(english[1] ?? english[2])
    return { token: { kind: 'capacity', count, per: null, format: null }, to: ENGLISH.lastIndex }
  }
  COUNT.lastIndex = at
  const found = COUNT.exec(text)
  if (!found) return null
  const [, of = '', where = '', count, slash] = found
  const per = slash ? (PER[slash] ?? null) : perOf(of)
  const format = where === '' ? null : /オンライン|web|zoom/i.test(where) ? 'online' : 'onsite'
  return { token: { kind: 'capacity', count: Number(count), per, format }, to: COUNT.lastIndex }
}

const NO =
  '(?:での?|による|の)?(?:同時)?(?:配信|開催|参加|相談)?(?:は|も)?(?:ありません|行いません|行わず|ございません|いたしません|しません|実施しません|不可|なし|できません)'
const FORMATS: [RegExp, Format | null][] = [
  [new RegExp(`(?:オンライン|WEB|ウェブ|Zoom|リモート|電話)${NO}`, 'iy'), null],
  [
    /(?:WEB|ウェブ|オンライン|インターネット|ホームページ)(?:サイト|フォーム|ページ)?(?:から|より|で|にて|による)?の?(?:申込|申し込|お申|予約|受付)/iy,
    null,
  ],
  [
    // The page on which something stands, or the way to apply, in a list: WEBまたは電話でお申し込みください.
    /(?:WEB|ウェブ|オンライン)(?:サイト|フォーム|ページ|公開|掲載|版|[・、/]?(?:または|又は|や)?(?:電話|メール|FAX|ファックス)[^。]{0,16}?(?:申込|申し込|お申|予約|受付|問合|問い合)|(?:を|で|にて|に)(?:ご覧|ご確認|掲載|公開|お知らせ))/iy,
    null,
  ],
  [
    /リモートワーク|オンライン(?:経営|ショップ|販売|商談|化)|電話番号|電話に?て?(?:で|にて|または|か|予約|申込|申し込)/y,
    null,
  ],
  [
    /オンライン(?:開催|形式|配信|参加|相談|会議)?(?:\([A-Za-z ]+\))?|WEB(?:開催|会議|相談|形式)?|ウェブ(?:開催|会議|相談|形式)?|リモート|zoom|teams|webex|google ?meet|ライブ配信|online/iy,
    'online',
  ],
  [
    /現地(?:開催|参加|相談)?|対面(?:開催|相談|式|形式)?|来場|来所|会場開催|会場参加|集合(?:形式|開催)|リアル開催|窓口(?=[・、/])|会場(?= ?[+＋&・/] ?(?:オンライン|web|zoom))|in[- ]person|on-?site/iy,
    'onsite',
  ],
  [/電話(?:相談|での相談|対応)?(?= *$|[・、/)＋+とか]|相談|での相談|対応)|(?<=[・、/]) ?電話(?![番:]|\d)/y, 'phone'],
  [/(?:企業|個別|派遣)?訪問(?:相談|形式)?|専門家派遣/y, 'visit'],
]

/** The form of a day. What is denied or is only the way to apply says nothing about it. */
export const format: Recogniser = (text, at) => {
  for (const [pattern, which] of FORMATS) {
    pattern.lastIndex = at
    if (!pattern.exec(text)) continue
    return {
      token: which ? { kind: 'format', format: which } : { kind: 'quiet', isPhone: false },
      to: pattern.lastIndex,
    }
  }
  return null
}

/** 定員に達し次第締切 is no state of a day. */
const NOT_YET = '(?!(?:に?(?:なり|達し|となり))?(?:次第|た?場合|の際|の?時点|たら)|[にと]なる)'

const STATES: [RegExp, StateToken['state']][] = [
  [
    /(?:開催)?(?:中止|取り?止め|取りやめ|見送り)(?=$|[ 】\])>」』》。、※:]|となり|になり|します|しました|いたし|です|決定)/y,
    'cancelled',
  ],
  [/延期|順延/y, 'moved'],
  [new RegExp(`(?:満席|満員(?:御礼)?|定員に達し(?:ました|たため)?)${NOT_YET}`, 'y'), 'full'],
  [new RegExp(`(?:(?:予約|申込|募集)の?)?(?:受付を?終了|(?:受付|申込)?締切済み?)${NOT_YET}`, 'y'), 'closed'],
  [
    /(?:日程|日時|時間|開催日|会場)?(?:・(?:時間|会場))*(?:とも|は)?(?:未定|調整中|検討中)|追って(?:掲載|お知らせ|連絡|ご案内)|決まり次第/y,
    'undecided',
  ],
  [/〃|同上|々々/y, 'ditto'],
]

/** What became of a day. */
export const state: Recogniser = (text, at) => {
  for (const [pattern, which] of STATES) {
    pattern.lastIndex = at
    if (pattern.exec(text)) return { token: { kind: 'state', state: which }, to: pattern.lastIndex }
  }
  return null
}

const NAMES = new RegExp(PREFECTURES.map((one) => one.ja).join('|'), 'y')
const CODES = new Map(PREFECTURES.map((one) => [one.ja, one.code]))

/** A prefecture by its whole name. */
export const prefecture: Recogniser = (text, at) => {
  NAMES.lastIndex = at
  const found = NAMES.exec(text)
  return found && { token: { kind: 'prefecture', code: CODES.get(found[0]) ?? '' }, to: NAMES.lastIndex }
}

const CLAIM = /(?:いずれも|すべて|全て|毎回|全日程)(?:とも)?([日月火水木金土])曜日?/y

/** One weekday for all days of a list: `いずれも月曜日`. */
export const claim: Recogniser = (text, at) => {
  CLAIM.lastIndex = at
  const found = CLAIM.exec(text)
  return found && { token: { kind: 'claim', weekday: weekdayOf(found[1] ?? '') }, to: CLAIM.lastIndex }
}
