import type { NoticeRecord } from '../notices/record.ts'
import type { SessionRow } from '../store/schema.ts'
import type { Decision } from './decision.ts'

/** The title of a row whose schedule prints no name, and whose prefecture has had no session. */
const PLAIN = {
  consultation: ['テレワーク相談会', 'Telework consultation'],
  seminar: ['テレワークセミナー', 'Telework seminar'],
} as const

const N = '[\\d０-９元一二三四五六七八九十]{1,4}'
const MONTHS = `${N} *月(?:分|度)?`
const TO = ' *[~〜～・、－―-] *'
/** A period: 令和8年度, 2026年12月～2027年1月, 下半期. */
const PERIOD = new RegExp(
  `(?:(?:令和|平成|[RHＲＨ])? *${N} *年度?(?: *${MONTHS})?|${MONTHS})(?:${TO}(?:(?:令和)? *${N} *年)? *${MONTHS})*の?|(?:上|下)半期|(?:前|後)期|第 *${N} *四半期`,
  'g',
)
/** What says that a paper tells dates: 開催日程表, のご案内, 日程の変更について. */
const ANNOUNCES =
  /の?(?:年間)?(?:開催|実施)?の?(?:予定)?(?:日程|日時|期日|予定|スケジュール|カレンダー|計画|一覧|要項|要領|概要)表?|(?:の?(?:開催|実施))?の?(?:(?:ご|御)?案内|お?知らせ)|について|の?(?:変更|追加|更新|改訂|修正)(?:版|後|分)?|(?:web|ウェブ|ホームページ)?(?:公開|掲載)用?|(?:確定|最新|暫定|第 *\d+ *)版|速報|の?(?:開催|実施)$/gi
/** A letter, not a name. */
const LETTER = /に関する|に係る|周知|依頼|通知|送付|各位|御中|。|^(?:別紙|別添|資料)/
/** A word for every session of its kind is no name. */
const GENERIC = /^(?:無料|個別|定期|開催|出張)*(?:相談会?|セミナー|説明会|講習会)?$/
/** The most letters of a heading that is a name. */
const LONGEST = 40

const trimmed = (text: string) =>
  text
    .replaceAll(/[(（「『【［[] *[)）」』】］\]]/g, '')
    .replace(/^[\s　のをに、・:：]+|[\s　の、・:：~〜～]+$/g, '')
    .trim()

/** A heading without its period and without the words that announce. Null if nothing of it is a name. */
function nameIn(heading: string): string | null {
  if (LETTER.test(heading)) return null
  const name = trimmed(heading.replaceAll(PERIOD, '').replaceAll(ANNOUNCES, ''))
  return GENERIC.test(name.replaceAll(/[\s　]/g, '')) || name.length > LONGEST ? null : name
}

/**
 * The name of a new session, as the public reads it. A printed name stands as it is, and so does a heading that is one.
 * Else it is that of the prefecture's latest session of its kind. Else the rest of the heading, or a plain name. Pure.
 */
export function titleOf(
  { kind, title, title_named }: NoticeRecord,
  latest: SessionRow | undefined,
): Pick<Decision, 'title_ja' | 'title_en'> {
  const name = title_named ? title : nameIn(title)
  if (name !== null && name !== '' && name === trimmed(title)) return { title_ja: name.slice(0, 80), title_en: '' }
  if (latest?.kind === kind) return { title_ja: latest.title_ja, title_en: latest.title_en }
  return name ? { title_ja: name, title_en: '' } : { title_ja: PLAIN[kind][0], title_en: PLAIN[kind][1] }
}
