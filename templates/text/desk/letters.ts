import { spoken } from '../spoken.ts'

/** The letters that were sent. */
export const letters = spoken({
  ja: {
    title: 'おたより',
    lead: '予約した方にお送りしたものです。届かなかったものは理由を確かめて、「届いていない」と言われたものは選んで、もう一度送れます。',
    state: '状態',
    all: 'すべて',
    go: '表示する',
    resend: 'もう一度送る',
    resent: 'もう一度送ります。',
    cannot: 'このおたよりは、もう一度送れません。',
    next: '次のページ',
    prev: '前のページ',
    empty: '当てはまるおたよりはありません。',
    booking: '予約を見る',
    preview: 'おたよりの見本',
    previewLead: 'この予約の方に今お送りするとしたら、こうなります。見るだけで、送られません。',
    kind: '種類',
  },
  en: {
    title: 'Letters',
    lead: 'What was sent to who booked. What failed says why, and can be sent again.',
    state: 'State',
    all: 'All',
    go: 'Show',
    resend: 'Send again',
    resent: 'It will be sent again.',
    cannot: 'This letter cannot be sent again.',
    next: 'Next page',
    prev: 'Previous page',
    empty: 'No letter fits.',
    booking: 'See the booking',
    preview: 'Letters as they would be',
    previewLead: 'As the holder of this booking would get it now. Nothing is sent.',
    kind: 'Kind',
  },
})
