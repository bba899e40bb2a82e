import { spoken } from '../spoken.ts'

/** Private calendar feeds of staff. */
export const feeds = spoken({
  ja: {
    title: '自分のカレンダー',
    text: '担当する開催と予約の件数が、お使いのカレンダーに出ます。アドレスは一度だけ表示します。ほかの人に知らせないでください。',
    name: '名前',
    make: 'アドレスを作る',
    made: 'このアドレスをカレンダーに登録してください。もう一度は表示しません。',
    drop: '使えなくする',
    none: 'まだ作っていません。',
    booked: (taken: number, capacity: number | null) =>
      capacity === null ? `予約 ${taken}名` : `予約 ${taken}/${capacity}名`,
  },
  en: {
    title: 'Your own calendar',
    text: 'Your sessions and how many people are booked, in your calendar. The address is shown once; do not pass it on.',
    name: 'Name',
    make: 'Make an address',
    made: 'Add this address to your calendar. It is not shown again.',
    drop: 'Take it back',
    none: 'There is none yet.',
    booked: (taken, capacity) => (capacity === null ? `${taken} booked` : `${taken}/${capacity} booked`),
  },
})
