import { spoken } from '../spoken.ts'

/** Letters to the new and to the old address, when the holder of a booking changes it. */
export const email = spoken({
  ja: {
    until: '確認の期限',
    confirm: {
      subject: '【確認】メールアドレスの変更',
      heading: 'メールアドレスの変更を確認してください',
      opening: [
        '次の回のお申し込みについて、ご連絡先をこのメールアドレスに変更する手続きがありました。',
        'お心当たりがないときは、そのままにしてください。このアドレスには変更されません。',
      ],
      title: '変更の確認',
      text: 'リンクのページで「このアドレスに変更する」を押してください。ページを開いただけでは変更されません。',
      open: '確認のページを開く',
    },
    left: {
      subject: '【お知らせ】メールアドレスが変更されました',
      heading: 'メールアドレスが変更されました',
      opening: [
        'このメールアドレスでのお申し込みについて、ご連絡先が変更されました。このメールアドレスにお送りしたリンクは使えなくなりました。',
        'お心当たりがないときは、下の窓口にお電話ください。',
      ],
    },
  },
  en: {
    until: 'Confirm by',
    confirm: {
      subject: '[Please confirm] Your new e-mail address',
      heading: 'Please confirm your new e-mail address',
      opening: [
        'Somebody asked to use this e-mail address for an application for the session below.',
        'If this was not you, there is nothing to do: the address will not be used.',
      ],
      title: 'Confirm the change',
      text: 'Press “Use this address” on this page. Opening it changes nothing.',
      open: 'Open the page to confirm',
    },
    left: {
      subject: '[Notice] Your e-mail address was changed',
      heading: 'Your e-mail address was changed',
      opening: [
        'The contact of an application made with this e-mail address was changed. The links sent to this address do not work any more.',
        'If this was not you, please phone the desk below.',
      ],
    },
  },
})
