import { prefectureByCode } from '../base/japan/prefecture.ts'
import type { Desk } from '../people/desk.ts'
import { prefectureLgCode } from './local-government-code.ts'
import { cellsOf, type OpenColumn, type OpenRow, openExtension, openPhone } from './table.ts'

/** What a desk is, in words. */
const KINDS: Record<Desk['kind'], string> = {
  local: '地域の窓口',
  secretariat: '事務局',
  base: '地域拠点',
  bureau: '総合通信局',
}

const prefectureIn = (address: string | null) =>
  /^(?:東京都|北海道|(?:京都|大阪)府|.{2,3}県)/.exec(address ?? '')?.[0] ?? null

const areaOf = ({ prefectures }: Desk) =>
  prefectures.length === 0 ? '全国' : prefectures.map((code) => prefectureByCode(code)?.ja ?? code).join('・')

/** The columns of the desk directory. Names are those of GIF (政府相互運用性フレームワーク) if it has one. */
export const DESK_COLUMNS: readonly OpenColumn<Desk>[] = [
  {
    name: '全国地方公共団体コード',
    holds: 'text',
    required: false,
    of: ({ prefectures: [code, ...others] }) =>
      code !== undefined && others.length === 0 ? prefectureLgCode(code) : null,
  },
  { name: 'ID', holds: 'text', required: true, of: ({ id }) => id },
  { name: '名称', holds: 'text', required: true, of: ({ name }) => name.ja },
  { name: '名称_英字', holds: 'text', required: false, of: ({ name }) => (name.en === name.ja ? null : name.en) },
  { name: '種別', holds: 'text', required: true, of: ({ kind }) => KINDS[kind] },
  { name: '対応地域', holds: 'text', required: true, of: areaOf },
  { name: '所在地_連結表記', holds: 'text', required: false, of: ({ address }) => address },
  { name: '所在地_都道府県', holds: 'text', required: false, of: ({ address }) => prefectureIn(address) },
  { name: '緯度', holds: 'number', required: false, of: () => null },
  { name: '経度', holds: 'number', required: false, of: () => null },
  { name: '電話番号', holds: 'text', required: false, of: ({ phones }) => openPhone(phones[0]) },
  { name: '内線番号', holds: 'text', required: false, of: ({ phones }) => openExtension(phones[0]) },
  {
    name: '電話番号_その他',
    holds: 'text',
    required: false,
    of: ({ phones }) =>
      phones
        .slice(1)
        .map((phone) => [openPhone(phone), openExtension(phone)])
        .flatMap(([phone, extension]) => (phone ? [phone + (extension ? ` 内線${extension}` : '')] : []))
        .join('・'),
  },
  {
    name: '連絡先メールアドレス',
    holds: 'text',
    required: false,
    of: ({ email }) => (email && email.use !== 'damaged' ? email.text : null),
  },
  { name: 'URL', holds: 'text', required: false, of: ({ url }) => url },
  { name: '利用可能日時特記事項', holds: 'text', required: false, of: ({ hours }) => hours?.ja ?? null },
]

/** A desk as a row of the file. */
export function deskRow(desk: Desk): OpenRow {
  return { cells: cellsOf(DESK_COLUMNS, desk), id: desk.id }
}
