import type { SessionStatus } from '../../../src/base/vocabulary.ts'
import { spoken, type What } from '../spoken.ts'

/** Why a session cannot be booked, and what to do instead. */
export const sessionNotice = spoken({
  ja: {
    called_off: {
      what: 'この回は中止になりました。',
      next: 'ご予約いただいていた方には、窓口からご連絡します。ほかの日程をご利用ください。',
    },
    postponed: {
      what: 'この回は延期になりました。',
      next: '新しい日にちは、決まり次第このページに掲載し、お申し込み済みの方にはご連絡します。お急ぎの方は、ほかの日程をご利用ください。',
    },
    skipped: { what: 'この日はお休みです。', next: 'ほかの日程をご利用ください。' },
    held: { what: 'この回は終了しました。', next: 'これからの日程をご覧ください。' },
    neverDated: { what: '日程が決まらないまま、年度が終了しました。', next: 'これからの日程をご覧ください。' },
    elsewhere: {
      what: 'この回のお申し込みは、このサイトでは受け付けていません。',
      next: '下のお申し込み先へ、直接お申し込みください。',
    },
    undecidedDate: {
      what: '日にちはまだ決まっていません。',
      next: '決まり次第このページに掲載し、お申し込みを受け付けます。',
    },
    undecidedTime: {
      what: '時間はまだ決まっていません。',
      next: '決まり次第このページに掲載し、お申し込みを受け付けます。',
    },
    not_yet_open: { what: '受付はまだ始まっていません。', next: '' },
    closed: {
      what: '受付は終了しました。',
      next: 'お急ぎの方は、窓口にお電話ください。ほかの日程もご利用いただけます。',
    },
    full: { what: '満席になりました。', next: 'キャンセル待ちを受け付けています。' },
  } satisfies Record<
    Exclude<SessionStatus, 'open' | 'few' | 'undecided'> | 'undecidedDate' | 'undecidedTime' | 'neverDated',
    What
  >,
  en: {
    called_off: {
      what: 'This session has been called off.',
      next: 'The desk contacts everyone who booked it. Please choose another date.',
    },
    postponed: {
      what: 'This session has been postponed.',
      next: 'The new date will appear on this page, and people who have applied will be told. If you are in a hurry, please choose another date.',
    },
    skipped: { what: 'There is no session on this day.', next: 'Please choose another date.' },
    held: { what: 'This session is over.', next: 'Please see the coming dates.' },
    neverDated: {
      what: 'The fiscal year ended without a date for this session.',
      next: 'Please see the coming dates.',
    },
    elsewhere: {
      what: 'This session cannot be booked on this site.',
      next: 'Please apply directly, as shown below.',
    },
    undecidedDate: {
      what: 'The date is not decided yet.',
      next: 'It will appear on this page, and you can then book here.',
    },
    undecidedTime: {
      what: 'The time is not decided yet.',
      next: 'It will appear on this page, and you can then book here.',
    },
    not_yet_open: { what: 'Booking has not opened yet.', next: '' },
    closed: {
      what: 'Booking has closed.',
      next: 'If it is urgent, please phone the desk. You can also choose another date.',
    },
    full: { what: 'This session is full.', next: 'You can join its waiting list.' },
  },
})
