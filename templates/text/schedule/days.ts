import { spoken, type What } from '../spoken.ts'

/** One day beyond the series, and copies of days. */
export const days = spoken({
  ja: {
    add: '開催を追加',
    addOn: (date: string) => `${date}に開催を追加`,
    title: '1回の開催を追加',
    usual: 'この都道府県の最近の開催と同じ内容が入っています。違うところだけ修正してください。',
    slots: '時間枠に分ける',
    more: '英語の名称・ご案内・受付の方法・締め切り',
    look: '内容を確かめる',
    lookTitle: '追加する開催',
    notYet: { what: 'まだ追加していません。', next: '内容を確かめて、下のボタンを押してください。' } satisfies What,
    hours: '時間',
    slotsOf: (people: string) => `1枠${people}名`,
    noLimit: '定員なし',
    closed: (reason: string): What => ({
      what: `この日は休止日です（${reason}）。`,
      next: 'このまま追加すると、この開催だけ予約を受け付けます。',
    }),
    onsiteWithoutVenue: { what: '会場が決まっていません。', next: '会場は後から決められます。' } satisfies What,
    do: 'この開催を追加する',
    back: '入力に戻る',
    dateHelp: '今日以降で、年度が登録されている日にちを入力してください。',
    changed: {
      what: '画面を開いた後に内容が変わったため、まだ追加していません。',
      next: '下の新しい内容を確かめて、もう一度ボタンを押してください。',
    } satisfies What,
    used: {
      what: 'この入力画面からは、すでに別の内容で登録しています。',
      next: '下の内容も新しく登録するときは、もう一度お進みください。',
    } satisfies What,
  },
  en: {
    add: 'Add a session',
    addOn: (date) => `Add a session on ${date}`,
    title: 'Add a single session',
    usual: 'The form has the details of the latest session in this prefecture. Change only what differs.',
    slots: 'Divide it into slots',
    more: 'English title, notices, applications, deadline',
    look: 'Check the details',
    lookTitle: 'The session to add',
    notYet: { what: 'Nothing is added yet.', next: 'Please check the details and press the button below.' },
    hours: 'Hours',
    slotsOf: (people) => `${people} people a slot`,
    noLimit: 'no limit',
    closed: (reason) => ({
      what: `The office is closed on this day (${reason}).`,
      next: 'If you add the session, it takes bookings all the same.',
    }),
    onsiteWithoutVenue: { what: 'It has no venue yet.', next: 'You can settle the venue later.' },
    do: 'Add this session',
    back: 'Back to the form',
    dateHelp: 'From today on, within a programme that was opened.',
    changed: {
      what: 'Something changed after the page was opened, so nothing was added yet.',
      next: 'Please check the new details below and press the button again.',
    },
    used: {
      what: 'This form was already saved with other content.',
      next: 'To save this as well, send the form again.',
    },
  },
})
