import { spoken } from '../spoken.ts'

/** The venues. */
export const venues = spoken({
  ja: {
    title: '会場',
    add: '会場を追加',
    edit: '会場の訂正',
    area: '地域だけ決まっている（会場は後で知らせる）',
    columns: { name: '名前', prefecture: '都道府県', address: '住所' },
    moves: {
      title: '場所が変わるとき',
      lead: '名前や住所の誤りを訂正するだけなら、予約している方へのお知らせはありません。会場が新しく決まったときは、自動でお知らせします。',
      tick: '場所が変わる（現地に来る方にお知らせする）',
      same: { what: '場所が変わっていません。', next: '新しい名前か住所を入力してください。何も保存していません。' },
    },
    notify: '会場を保存して、お知らせする',
    none: '会場はありません。',
    saved: '保存しました。',
  },
  en: {
    title: 'Venues',
    add: 'Add a venue',
    edit: 'Correct a venue',
    area: 'Only the area is known (the place is announced later)',
    columns: { name: 'Name', prefecture: 'Prefecture', address: 'Address' },
    moves: {
      title: 'If the place changes',
      lead: 'Correcting a name or an address notifies nobody. When the place is decided, everybody who comes is notified.',
      tick: 'The place changes (notify everybody who comes)',
      same: { what: 'The place is the same as before.', next: 'Enter the new name or address. Nothing was saved.' },
    },
    notify: 'Save the venue and notify them',
    none: 'There are no venues.',
    saved: 'Saved.',
  },
})
