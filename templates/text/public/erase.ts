import { spoken } from '../spoken.ts'

/** Deleting one’s personal data. */
export const erase = spoken({
  ja: {
    open: '個人情報を削除する',
    title: '個人情報の削除',
    lead: 'このページに出ている内容が、お預かりしている情報のすべてです。ご希望のときは、お名前・連絡先・ご相談内容を削除できます。',
    ask: '個人情報を削除しますか',
    ahead: 'ご予約（キャンセル待ちを含みます）は、同時に取り消されます。空いた席はほかの方が予約できるようになります。',
    text: 'お名前・会社名・連絡先・ご相談内容を、元に戻せない形で削除します。このあと、メールはお送りしません。このページも開けなくなります。カレンダーに入れた予定は、ご自分で削除してください。',
    rest: '件数の集計（都道府県・業種・開催日など、個人がわからないもの）だけが残ります。',
    submit: '削除する',
    back: '削除しないで戻る',
    closed:
      'ご予約の日が近いため、このページからは削除できません。開催が終わったあとにもう一度お試しいただくか、窓口にお電話ください。',
    done: '個人情報を削除しました。',
    doneText: 'ご利用ありがとうございました。',
  },
  en: {
    open: 'Erase my data',
    title: 'Your data',
    lead: 'What stands on this page is all we hold about you. If you wish, we erase your name, how to reach you and what you wrote.',
    ask: 'Erase your data?',
    ahead:
      'Your booking (or your turn on the waiting list) is cancelled at the same time, and the place goes to others.',
    text: 'Your name, company, contact and message are erased for good. We will not write to you any more, and this page will not open again. Please delete the entry in your calendar yourself.',
    rest: 'Only what figures are made of stays (prefecture, industry, date), from which nobody can be recognised.',
    submit: 'Erase it',
    back: 'Go back without erasing',
    closed: 'Your day is too near for erasing here. Please come back afterwards, or call the desk.',
    done: 'Your data has been erased.',
    doneText: 'Thank you for having been with us.',
  },
})
