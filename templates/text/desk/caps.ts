import type { CapCounted, CapSource } from '../../../src/base/vocabulary.ts'
import { spoken } from '../spoken.ts'

/** The caps that were reached, and allowing more. */
export const caps = spoken({
  ja: {
    title: '受付の上限',
    lead: 'いたずらを防ぐため、同じメールアドレス・電話番号・ネットワークからの受付には上限があります。上限に達してお断りしたものを並べます。窓口で入力する予約に、上限はありません。',
    empty: '上限に達したものはありません。',
    sources: { recipient: '同じメールアドレス', phone: '同じ電話番号', network: '同じネットワーク' } satisfies Record<
      CapSource,
      string
    >,
    counted: {
      bookings: '今日のお申し込み',
      letters: '今日の送信メール',
      places: '今お取りしている人数',
    } satisfies Record<CapCounted, string>,
    columns: {
      name: '上限',
      n: '今の数 / 上限',
      refused: 'お断りした回数',
      at: '最後のお断り',
      bookings: '関係する予約',
      act: '操作',
    },
    whose: '申し込んだ方',
    nobody: '担当地域に予約はありません',
    lift: '上限を上げる',
    restore: '元の上限に戻す',
    next: '上げたあとの上限',
    untilMidnight: '今日の終わりまで有効です。明日の0時に、元の上限へ戻ります。',
    untilBack: 'お取りした席が空くまで有効です。',
    sure: 'お電話などで事情を伺い、いたずらでないことを確かめてから上げてください。いつでも元の上限に戻せます。',
    no: 'やめる',
    lifted: '上限を上げました。',
    restored: '元の上限に戻しました。',
    changed: 'この上限は、たった今変わりました。今の数をご確認ください。',
  },
  en: {
    title: 'Caps',
    lead: 'To prevent abuse, bookings from one e-mail address, phone number or network are capped. The caps that refused somebody are listed here. Bookings that a desk enters are not capped.',
    empty: 'No cap was reached.',
    sources: { recipient: 'One e-mail address', phone: 'One phone number', network: 'One network' },
    counted: { bookings: 'bookings today', letters: 'letters today', places: 'places held now' },
    columns: {
      name: 'Cap',
      n: 'Now / cap',
      refused: 'Times refused',
      at: 'Last refused',
      bookings: 'Bookings affected',
      act: 'Actions',
    },
    whose: 'Booked by',
    nobody: 'no booking in your prefectures',
    lift: 'Raise the cap',
    restore: 'Restore the cap',
    next: 'The cap afterwards',
    untilMidnight: 'This lasts until midnight. Then the old cap applies again.',
    untilBack: 'This lasts until the places are free again.',
    sure: 'Please make sure first, for example by phone, that this is not abuse. You can restore the cap at any time.',
    no: 'Keep the cap',
    lifted: 'The cap is raised.',
    restored: 'The old cap applies again.',
    changed: 'This cap changed just now. Please look at it again.',
  },
})
