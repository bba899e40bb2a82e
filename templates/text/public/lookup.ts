import { spoken, type What } from '../spoken.ts'

/** Finding one’s booking again. */
export const lookup = spoken({
  ja: {
    title: '予約の確認',
    lead: 'お申し込みのときのメールアドレスを入力してください。予約の確認・変更・キャンセルができるリンクをお送りします。',
    submit: 'リンクを送る',
    sent: 'ご登録があれば、予約確認のメールをお送りします。',
    sentText: '数分たっても届かないときは、アドレスの間違いや迷惑メールの設定をご確認のうえ、窓口にお電話ください。',
    byEmail: 'メールアドレスで確認する',
    byNumber: '受付番号と電話番号で確認する',
    byNumberText:
      '受付番号と、お申し込みのときの電話番号を入力してください。メールをお使いでない方もご利用いただけます。',
    numberHelp: '例：IB-1127-03',
    find: '予約を見る',
    unknown: {
      what: 'ご予約が見つかりませんでした。',
      next: '受付番号と電話番号をお確かめのうえ、もう一度入力してください。分からないときは、窓口にお電話ください。',
    } satisfies What,
    noEmail: 'お困りのときは、お申し込みの窓口にお電話ください。',
    desks: '地域の窓口の電話番号を見る',
  },
  en: {
    title: 'My booking',
    lead: 'Enter the e-mail address you booked with. We will send you a link to see, change or cancel your booking.',
    submit: 'Send me the link',
    sent: 'If there is a booking for this address, we send you an e-mail.',
    sentText:
      'If nothing arrives within a few minutes, please check the address and your spam folder, or phone the desk.',
    byEmail: 'By e-mail',
    byNumber: 'By booking number and phone',
    byNumberText: 'Enter your booking number and the phone number you booked with. This works without e-mail too.',
    numberHelp: 'For example IB-1127-03',
    find: 'See my booking',
    unknown: {
      what: 'No booking was found.',
      next: 'Please check the booking number and the phone number and try again, or phone the desk.',
    },
    noEmail: 'If you need help, please phone the desk you applied to.',
    desks: 'Phone numbers of the local desks',
  },
})
