import { spoken, type What } from '../spoken.ts'

/** Moving a booking to another time or day. */
export const move = spoken({
  ja: {
    title: '日時の変更',
    lead: '空きのあるほかの時間や日程に変更できます。受付番号は変わりません。',
    open: '日時を変更する',
    now: '現在のご予約',
    after: '変更後',
    day: 'この日程に変更する',
    place: '変更先の日時',
    here: '現在のご予約',
    same: {
      what: '現在のご予約と同じ日時です。',
      next: '変更するときは、ほかの日時をお選びください。変更しないときは、このまま戻ってください。',
    } satisfies What,
    later: 'もっと先の日程を見る',
    none: { what: '現在、変更できる日程がありません。', next: 'お急ぎのときは、窓口にお電話ください。' } satisfies What,
    notYet: {
      what: 'まだ変更されていません。',
      next: '内容をお確かめのうえ、下のボタンを押してください。',
    } satisfies What,
    submit: 'この内容に変更する',
    back: '変更しないで戻る',
  },
  en: {
    title: 'Change date or time',
    lead: 'You can move to another time or date that is free. Your booking number stays the same.',
    open: 'Change date or time',
    now: 'Your booking now',
    after: 'After the change',
    day: 'Move to this date',
    place: 'New date and time',
    here: 'your booking now',
    same: {
      what: 'This is the date and time of your booking now.',
      next: 'To change it, please choose another one. Otherwise go back; your booking stays as it is.',
    },
    later: 'Later dates',
    none: { what: 'There is no other date to move to at the moment.', next: 'If it is urgent, please phone the desk.' },
    notYet: { what: 'Nothing has changed yet.', next: 'Please check and press the button below.' },
    submit: 'Make this change',
    back: 'Keep my booking as it is',
  },
})
