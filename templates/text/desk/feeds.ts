import { spoken } from '../spoken.ts'

/** Private calendar feeds of staff. */
export const feeds = spoken({
  ja: {
    title: '自分のカレンダー',
    text: '担当する開催と予約の件数が、お使いのカレンダーに表示されます。アドレスが表示されるのは一度だけです。ほかの人には知らせないでください。',
    name: '名前',
    make: 'アドレスを作成する',
    made: 'このアドレスをカレンダーに登録してください。再表示はできません。',
    drop: '無効にする',
    none: 'まだ作成していません。',
    booked: (taken: number, capacity: number | null) =>
      capacity === null ? `予約 ${taken}名` : `予約 ${taken}/${capacity}名`,
  },
  en: {
    title: 'Your own calendar',
    text: 'See your sessions and the number of people booked in your own calendar. The address is shown once. Please do not share it.',
    name: 'Name',
    make: 'Create an address',
    made: 'Add this address to your calendar. It will not be shown again.',
    drop: 'Disable',
    none: 'There is no address yet.',
    booked: (taken, capacity) => (capacity === null ? `${taken} booked` : `${taken}/${capacity} booked`),
  },
})
