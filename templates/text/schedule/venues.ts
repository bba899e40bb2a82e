import { spoken } from '../spoken.ts'

/** The venues. */
export const venues = spoken({
  ja: {
    title: '会場',
    add: '会場を追加',
    edit: '会場の訂正',
    area: '地域だけ決まっている（会場は後で知らせる）',
    columns: { name: '名前', prefecture: '都道府県', address: '住所' },
    none: '会場はありません。',
    saved: '保存しました。',
  },
  en: {
    title: 'Venues',
    add: 'Add a venue',
    edit: 'Correct a venue',
    area: 'Only the area is known (the place is announced later)',
    columns: { name: 'Name', prefecture: 'Prefecture', address: 'Address' },
    none: 'There are no venues.',
    saved: 'Saved.',
  },
})
