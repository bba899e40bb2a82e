import { narrow } from '../../base/japan/width.ts'

/** What a column of kept bookings may hold. */
export const COLUMNS = {
  day: [
    '日付',
    '開催日',
    '予約日',
    '相談日',
    '日にち',
    '日程',
    '日時',
    '予約日時',
    '開催日時',
    '相談日時',
    'date',
    'day',
  ],
  time: ['時間', '時刻', '開始', '開始時刻', '開始時間', '予約時間', '相談時間', '時間帯', 'time', 'start'],
  company: ['会社', '会社名', '企業名', '事業者名', '法人名', '団体名', '勤務先', '貴社名', 'company', 'organisation'],
  name: [
    '氏名',
    'お名前',
    '名前',
    '担当者',
    '担当者名',
    '参加者名',
    '申込者',
    '申込者名',
    '予約者',
    '予約者名',
    'name',
  ],
  name_kana: ['フリガナ', 'ふりがな', 'カナ', '氏名カナ', 'お名前フリガナ', '氏名フリガナ', '担当者フリガナ', 'kana'],
  email: ['メール', 'メールアドレス', 'email', 'mail', 'メルアド'],
  phone: ['電話', '電話番号', '連絡先', '連絡先電話番号', '携帯', '携帯電話', 'tel', 'phone', 'telephone'],
  prefecture: ['都道府県', '所在地', '県', '住所', 'prefecture', 'address'],
  seats: ['人数', '参加人数', '申込人数', '予約人数', '名数', 'people', 'seats'],
  format: ['形式', '開催形式', '相談形式', '相談方法', '参加方法', '参加形式', 'format'],
  employees: ['従業員数', '従業員', '社員数', 'employees'],
  message: ['相談内容', 'ご相談内容', '内容', 'ご質問', '質問', 'message'],
  note: ['備考', 'メモ', '申し送り', 'note', 'remarks'],
  state: ['状態', 'ステータス', '予約状況', '状況', 'status'],
} as const satisfies Record<string, readonly string[]>

export type ColumnField = keyof typeof COLUMNS

/** The columns without which a table of bookings is not read. */
const NEEDED = ['day', 'company', 'name', 'phone'] as const satisfies readonly ColumnField[]

/** A heading without spaces, brackets and marks, in one width and case. */
const bare = (head: string) =>
  narrow(head)
    .replace(/\(.*?\)|[\s*※:・_-]/g, '')
    .toLowerCase()

const FIELD_OF = new Map(
  Object.entries(COLUMNS).flatMap(([field, heads]) => heads.map((head) => [bare(head), field as ColumnField])),
)

/** The heading of a table of bookings: its row, the column of each field, and names that are not read. */
export type Columns = { at: Partial<Record<ColumnField, number>>; head: number; unknown: string[] }

/** Finds the heading among the first rows: the one that names most columns. Null if none names what is needed. */
export function columnsIn(rows: readonly (readonly string[])[]): Columns | null {
  const found = rows.slice(0, 10).map((row, head): Columns => {
    const at: Columns['at'] = {}
    const unknown: string[] = []
    for (const [column, text] of row.entries()) {
      const field = FIELD_OF.get(bare(text))
      if (field !== undefined && at[field] === undefined) at[field] = column
      else if (text.trim() !== '') unknown.push(text.trim())
    }
    return { at, head, unknown }
  })
  const best = found.toSorted((a, b) => Object.keys(b.at).length - Object.keys(a.at).length)[0]
  return best && NEEDED.every((field) => best.at[field] !== undefined) ? best : null
}
