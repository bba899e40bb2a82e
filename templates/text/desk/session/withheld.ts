import type { BookingWithheld } from '../../../../src/booking/desk/withheld.ts'
import type { SessionWithheld } from '../../../../src/schedule/withheld.ts'
import { spoken } from '../../spoken.ts'

/** Why an act is not on the page of a booking or session. */
export const withheld = spoken({
  ja: {
    title: '今はできない手続き',
    line: (act: string, why: string) => `${act}：${why}`,
    booking: {
      full: '席がありません。席が空くか、定員を増やすと、できるようになります。',
      format: '予約のときの開催形式では、もう開催しません。新しく予約を入力してください。',
      over: '時間が終わっています。',
      called_off: 'この回は中止になっています。「中止を取り消して開催する」を行うと、中止のときの予約が元に戻ります。',
      postponed: '延期中です。新しい日にちが決まると、できるようになります。',
      undecided: '日時がまだ決まっていません。',
      offer_over: 'ご案内の期限が過ぎ、席は次の方へ回りました。新しく予約を入力してください。',
      drawn: 'この方を除いて抽選が終わっています。新しく予約を入力してください。',
      entry: '抽選で決まります。',
    } satisfies Record<BookingWithheld, string>,
    session: {
      booked: '申し込んでいる方がいるため、休止にはできません。「中止にする」から、お知らせを送ってください。',
      not_closed: '受付を締め切った後に行えます。',
      suspended: '対面での開催を停止しています。停止を解除すると、元の開催形式に戻ります。',
      over: '開催日を過ぎています。',
      undecided: '日時がまだ決まっていません。先に「日時を決める」から決めてください。',
      postponed: '延期中です。新しい日にちが決まると、できるようになります。',
      skipped: '休止にしています。先に「休止を取り消して開催する」を行ってください。',
      elsewhere: 'この回の申し込みは、ほかの窓口で受け付けています。',
    } satisfies Record<SessionWithheld, string>,
  },
  en: {
    title: 'Not possible now',
    line: (act, why) => `${act}: ${why}`,
    booking: {
      full: 'No place is free. It becomes possible when a place is free or the capacity is raised.',
      format: 'The session is no longer held in the format of this booking. Please enter a new booking.',
      over: 'Its time is over.',
      called_off: 'The session is called off. “Hold it after all” brings its bookings back.',
      postponed: 'The session is postponed. It becomes possible with the new date.',
      undecided: 'Date or hours are not set yet.',
      offer_over: 'The time of the offer is over, and the place went to the next. Please enter a new booking.',
      drawn: 'The lots were drawn without this entry. Please enter a new booking.',
      entry: 'The draw decides.',
    },
    session: {
      booked: 'Somebody has applied, so it cannot be skipped. Call it off instead: that notifies them.',
      not_closed: 'It becomes possible after the booking deadline.',
      suspended: 'Meeting in person is suspended. When that is lifted, the original format returns.',
      over: 'Its day is over.',
      undecided: 'Date or hours are not set yet. Please set them first.',
      postponed: 'It is postponed. This becomes possible with the new date.',
      skipped: 'It is skipped. Please hold it after all first.',
      elsewhere: 'Applications for it are taken elsewhere.',
    },
  },
})
