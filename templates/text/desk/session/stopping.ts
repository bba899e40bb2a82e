import { spoken } from '../../spoken.ts'

/** The four ways in which a day is not held as planned, side by side. */
export const stopping = spoken({
  ja: {
    title: '休止・中止・延期・停止の違い',
    columns: { word: '言葉', when: '使うとき', bookings: '予約', notice: 'お知らせ', back: '元に戻すには' },
    here: 'この画面',
    ways: {
      skip: {
        word: '休止',
        when: '予約のない日を休みにします。休館日や祝日に使います。',
        bookings: '予約のある日は休止にできません。',
        notice: 'ありません。公開ページに「休止」と理由が表示されます。',
        back: '「休止を取り消して開催する」、休止日の画面では「開催する」',
      },
      'call-off': {
        word: '中止',
        when: '予約のある回の開催をやめます。',
        bookings: 'すべて取り消されます。',
        notice: '予約した方と待っている方の全員に届きます。',
        back: '「中止を取り消して開催する」。予約も戻ります。',
      },
      postpone: {
        word: '延期',
        when: '開催はしますが、新しい日がまだ決まっていません。',
        bookings: 'そのまま残ります。',
        notice: '全員に届きます。新しい日が決まると、もう一度届きます。',
        back: '「日時を変更する・延期する」で、新しい日を決めます。',
      },
      suspend: {
        word: '停止',
        when: '災害などで、ある期間は対面で開催できません。WEBか電話に切り替えます。',
        bookings: 'そのまま残り、対面の方は参加の形式が変わります。',
        notice: '形式が変わる方に届きます。',
        back: '「解除する」。元の開催形式に戻ります。',
      },
    },
  },
  en: {
    title: 'Skip, call off, postpone or suspend',
    columns: { word: 'Act', when: 'When', bookings: 'Bookings', notice: 'Letters', back: 'To take it back' },
    here: 'this page',
    ways: {
      skip: {
        word: 'Skip',
        when: 'A day that nobody has booked is not held, such as a holiday.',
        bookings: 'A day with bookings cannot be skipped.',
        notice: 'None. The public pages show the reason.',
        back: '“Hold it after all”, or “Open” under “Closures”',
      },
      'call-off': {
        word: 'Call off',
        when: 'A session with bookings is not held.',
        bookings: 'All of them end.',
        notice: 'Everybody who booked or waits is notified.',
        back: '“Hold it after all”. The bookings come back.',
      },
      postpone: {
        word: 'Postpone',
        when: 'It will be held, but the new day is not known.',
        bookings: 'They stay.',
        notice: 'Everybody is notified, and once more when the day is set.',
        back: '“Reschedule or postpone” sets the new day.',
      },
      suspend: {
        word: 'Suspend',
        when: 'For a period, nobody can meet in person. Sessions are held online or by phone.',
        bookings: 'They stay. People who would have come take part in the new format.',
        notice: 'People whose format changes are notified.',
        back: '“Lift it”. The original format returns.',
      },
    },
  },
})
