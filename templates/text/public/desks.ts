import type { DeskKind } from '../../../src/base/vocabulary.ts'
import { spoken } from '../spoken.ts'

/** The list of desks. */
export const desks = spoken({
  ja: {
    title: '地域の窓口',
    lead: 'テレワークのことなら、どの窓口にもお電話でご相談いただけます。費用はかかりません。',
    kinds: {
      local: '地域の相談窓口',
      secretariat: '事務局',
      base: '地域拠点',
      bureau: '総合通信局',
    } satisfies Record<DeskKind, string>,
    address: '住所',
    phone: '電話',
    hours: '受付時間',
    email: 'メール',
    topics: '相談できること',
    area: '担当地域',
    calendar: (prefecture: string) => `${prefecture}の日程を見る`,
    damaged: '資料から読み取った文字に誤りがある可能性があります。このアドレスには送信せず、お電話ください。',
    site: 'ウェブサイト',
    empty: '窓口はまだ登録されていません。',
  },
  en: {
    title: 'Local desks',
    lead: 'You can phone any of these desks about telework, free of charge. Please note that they speak Japanese.',
    kinds: {
      local: 'Local consultation desks',
      secretariat: 'Secretariat',
      base: 'Regional bases',
      bureau: 'Regional bureaus of telecommunications',
    },
    address: 'Address',
    phone: 'Phone',
    hours: 'Hours',
    email: 'E-mail',
    topics: 'Topics',
    area: 'Area',
    calendar: (prefecture) => `Dates in ${prefecture}`,
    damaged:
      'Some characters may have been damaged when the document was read. Please do not write to this address; phone instead.',
    site: 'Website',
    empty: 'No desks are listed yet.',
  },
})
