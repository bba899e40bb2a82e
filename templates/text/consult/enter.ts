import { spoken, type What } from '../spoken.ts'

/** The form by which a desk enters the request of a firm that called, came or wrote. */
export const enterRequest = spoken({
  ja: {
    title: '専門家への相談の登録',
    lead: '電話や窓口で受けた、専門家への相談のお申し込みを登録します。メールアドレスはなくても登録できます。',
    from: '専門家への相談を登録する',
    channels: { phone: '電話', counter: '窓口', mail: 'メール・手紙' },
    locale: '連絡の言語',
    locales: { ja: '日本語', en: '英語' },
    noEmail: 'メールアドレスがないときは、メールは届きません。受付番号を電話でお伝えください。',
    consent: '個人情報の取り扱いを説明し、ご本人の同意を得ました',
    submit: '登録する',
    entered: (number: string): What => ({
      what: `登録しました。受付番号は ${number} です。`,
      next: '受付番号をお伝えください。専門家が決まりましたら、ご連絡します。',
    }),
    refused: {
      closed: { what: '今は、専門家への相談のお申し込みを受け付けていません。', next: '登録していません。' },
      capped: { what: '本日のお申し込みの数が上限に達しています。', next: '登録していません。' },
      changed: {
        what: 'ほかの操作と重なったため、登録していません。',
        next: '入力した内容は残っています。もう一度お試しください。',
      },
    },
    twice: (number: string): What => ({
      what: `この企業・団体からは、すでにお申し込みを受け付けています（受付番号 ${number}）。`,
      next: '新しいお申し込みは登録していません。',
    }),
    usedUp: (used: number): What => ({
      what: `この企業・団体は、今年度の相談をすでに${used}回利用しています。`,
      next: '登録していません。続けて相談したいときは、事務局に相談してください。',
    }),
  },
  en: {
    title: 'Enter a request for an expert',
    lead: 'Enter the request of a firm that called or came. An e-mail address is not needed.',
    from: 'Enter a request for an expert',
    channels: { phone: 'Phone', counter: 'Counter', mail: 'E-mail or letter' },
    locale: 'Language',
    locales: { ja: 'Japanese', en: 'English' },
    noEmail: 'Without an e-mail address no letter leaves. Please say the number on the phone.',
    consent: 'I explained how personal data is used, and the person agreed',
    submit: 'Enter',
    entered: (number) => ({
      what: `Entered. The number is ${number}.`,
      next: 'Please tell the firm this number. It will hear when an expert is found.',
    }),
    refused: {
      closed: { what: 'Nobody can ask for an expert at the moment.', next: 'Nothing was entered.' },
      capped: { what: 'No more requests can be taken today.', next: 'Nothing was entered.' },
      changed: {
        what: 'Something else happened at the same time, so nothing was entered.',
        next: 'What you typed is still here. Please try again.',
      },
    },
    twice: (number) => ({
      what: `We have a request of this organisation already (number ${number}).`,
      next: 'No new one was entered.',
    }),
    usedUp: (used) => ({
      what: `This organisation has had ${used} consultations this year already.`,
      next: 'Nothing was entered. Please ask the secretariat if the firm needs more.',
    }),
  },
})
