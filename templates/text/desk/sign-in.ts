import { spoken } from '../spoken.ts'

/** Signing in by link or code. */
export const signIn = spoken({
  ja: {
    title: 'ログイン',
    lead: '窓口の担当者の方のページです。登録されたメールアドレスに、ログイン用のリンクをお送りします。',
    email: 'メールアドレス',
    send: 'リンクを送る',
    sentTitle: 'メールをご確認ください',
    sent: (email: string) =>
      `${email} が登録されていれば、リンクと確認コードをお送りしました。届かないときは、アドレスと迷惑メールの設定をお確かめください。10分で使えなくなります。`,
    code: '確認コード（6桁）',
    codeHelp: 'メールに記載の数字です。リンクを開けるときは、入力しなくてかまいません。',
    withCode: 'コードでログイン',
    wrong: {
      what: 'そのコードではログインできません。',
      next: '数字を確かめて入力し直すか、もう一度リンクを送ってください。5回間違えると使えなくなります。',
    },
    again: 'もう一度送る',
    linkTitle: '管理画面へのログイン',
    link: 'ボタンを押すと、このブラウザーでログインします。',
    press: 'ログインする',
    over: {
      what: 'このリンクはもう使えません。',
      next: '使い終わったか、期限が切れています。もう一度お送りください。',
    },
  },
  en: {
    title: 'Sign in',
    lead: 'This page is for desk staff. We send a link to the e-mail address you are registered with.',
    email: 'E-mail address',
    send: 'Send the link',
    sentTitle: 'Please check your e-mail',
    sent: (email) =>
      `If ${email} is registered, a link and a code are on their way. If nothing arrives, check the address and your spam folder. Both expire after 10 minutes.`,
    code: 'Code (6 digits)',
    codeHelp: 'The number in the letter. You do not need it if you can open the link.',
    withCode: 'Sign in with the code',
    wrong: {
      what: 'You cannot sign in with this code.',
      next: 'Check the digits or have a new link sent. After five wrong codes you need a new one.',
    },
    again: 'Send it again',
    linkTitle: 'Sign in to the console',
    link: 'Press the button to sign in with this browser.',
    press: 'Sign in',
    over: { what: 'This link no longer works.', next: 'It was used or has expired. Please have a new one sent.' },
  },
})

/** The proof of who acts. */
export const proof = spoken({
  ja: {
    title: '本人確認',
    lead: '認証アプリに表示されている6桁の数字を入力してください。',
    code: '認証アプリの6桁の数字',
    send: '確認する',
    wrong: { what: 'その数字では確認できません。', next: '新しい数字が出るのを待って、もう一度入力してください。' },
    passkey: 'パスキーを使う',
    passkeyLead: '登録したパスキーで確認してください。',
    passkeyToo: '登録したパスキーでも確認できます。',
    noPasskey:
      'このブラウザーでは、登録したパスキーを使えません。JavaScriptを有効にするか、ほかのブラウザーでお試しください。',
    failed: 'パスキーで確認できませんでした。もう一度お試しください。',
    again: {
      what: '続けるには、もう一度ご本人の確認が必要です。',
      next: '確認でき次第、入力した内容で処理します。',
    },
    idle: {
      what: '続けるには、もう一度ご本人の確認が必要です。',
      next: '確認が済むと、続きのページが開きます。',
    },
    letterLead: '登録されたメールアドレスに確認コードをお送りします。届いた6桁の数字を入力してください。',
    letter: '確認コードを送る',
    letterAgain: 'もう一度送る',
    letterCode: '確認コード（6桁）',
    sent: (email: string) => `${email} に確認コードをお送りしました。10分で使えなくなります。`,
    wrongLetter: { what: 'そのコードでは確認できません。', next: '数字を確かめるか、もう一度送ってください。' },
    leave: 'やめて、入力画面に戻る',
    recovery: {
      title: 'いつもの方法で確認できないとき',
      code: '回復コード',
      help: '「設定」で作成して保管した12文字のコードです。1つのコードは一度だけ使えます。',
      use: '回復コードで確認する',
      none: '回復コードがないときは、事務局の担当者に、2段階認証の登録の削除を依頼してください。',
    },
  },
  en: {
    title: 'Confirm it is you',
    lead: 'Type the six digits that your authenticator app shows.',
    code: '6-digit code from the app',
    send: 'Confirm',
    wrong: { what: 'This code is not right.', next: 'Wait for a new one and try again.' },
    passkey: 'Use a passkey',
    passkeyLead: 'Please use your passkey.',
    passkeyToo: 'You can also use your passkey.',
    noPasskey: 'This browser cannot use your passkey. Please turn JavaScript on, or try another browser.',
    failed: 'The passkey was not accepted. Please try again.',
    again: {
      what: 'Please confirm once more that it is you.',
      next: 'What you typed is kept, and will be sent once you have confirmed.',
    },
    idle: { what: 'Please confirm once more that it is you.', next: 'The page opens once you have confirmed.' },
    letterLead: 'We send a code to your e-mail address. Type its six digits here.',
    letter: 'Send the code',
    letterAgain: 'Send it again',
    letterCode: '6-digit code',
    sent: (email) => `A code is on its way to ${email}. It expires after 10 minutes.`,
    wrongLetter: { what: 'This code is not right.', next: 'Check the digits or have it sent again.' },
    leave: 'Go back to the form without confirming',
    recovery: {
      title: 'If your usual way does not work',
      code: 'Recovery code',
      help: 'One of the codes of 12 letters that you made under “Settings”. Each works once.',
      use: 'Use the recovery code',
      none: 'If you have no code, ask somebody in the secretariat to remove your second factors.',
    },
  },
})
