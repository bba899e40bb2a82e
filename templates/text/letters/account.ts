import type { AccountLetterKind } from '../../../src/base/letters.ts'
import { spoken } from '../spoken.ts'

/** `email_changed` goes to the former address, `email_new` to the new one. */
type Kinds = Record<AccountLetterKind | 'email_new', { subject: string; heading: string; opening: string[] }>

/** The letters to the owner of an account about what happened to it. */
export const account = spoken({
  ja: {
    kinds: {
      factor_added: {
        subject: '【2段階認証の登録】窓口の管理画面',
        heading: '2段階認証の方法が登録されました',
        opening: ['管理画面のアカウントに、2段階認証の方法が登録されました。'],
      },
      factor_dropped: {
        subject: '【2段階認証の解除】窓口の管理画面',
        heading: '2段階認証の方法が削除されました',
        opening: ['管理画面のアカウントから、2段階認証の方法が削除されました。'],
      },
      new_browser: {
        subject: '【新しいブラウザー】窓口の管理画面',
        heading: '新しいブラウザーからのログイン',
        opening: ['これまで使われていないブラウザーから、管理画面へのログインがありました。'],
      },
      email_changed: {
        subject: '【メールアドレスの変更】窓口の管理画面',
        heading: 'メールアドレスが変更されました',
        opening: [
          'ログインに使うメールアドレスが、別のものに変更されました。',
          'このアドレスでは、もうログインできません。',
        ],
      },
      email_new: {
        subject: '【メールアドレスの変更】窓口の管理画面',
        heading: 'メールアドレスが変更されました',
        opening: [
          'ログインに使うメールアドレスが、このアドレスに変更されました。',
          '次回から、このアドレスでログインしてください。',
        ],
      },
      recovery_made: {
        subject: '【回復コードの作成】窓口の管理画面',
        heading: '回復コードが作成されました',
        opening: [
          '管理画面のアカウントに、新しい回復コードが作成されました。以前に作成された回復コードは、もう使えません。',
          '回復コードは、認証アプリやパスキーが使えないときに、代わりに入力するものです。印刷して、安全な場所に保管してください。',
        ],
      },
      recovery_used: {
        subject: '【回復コードの使用】窓口の管理画面',
        heading: '回復コードが使われました',
        opening: [
          '管理画面のアカウントで、認証アプリやパスキーの代わりに、回復コードが使われました。',
          '使われた回復コードは、もう使えません。残りが少ないときは、「設定」で作成し直してください。',
        ],
      },
      trial: {
        subject: '【試し送信】窓口の管理画面',
        heading: 'メールの試し送信',
        opening: [
          '管理画面から、試しに送ったメールです。',
          'このメールが届いていれば、予約された方にもメールが届きます。差出人の名前とアドレスをお確かめください。',
        ],
      },
      webhook_stopped: {
        subject: '【外部システムへの通知の停止】窓口の管理画面',
        heading: '外部システムへの通知を停止しました',
        opening: ['外部システムに届かない状態が続いたため、日程の変更などの通知を停止しました。'],
      },
    } satisfies Kinds,
    factor: '2段階認証の方法',
    factors: { totp: '認証アプリ', passkey: 'パスキー', all: '登録されていたすべて' },
    left: '残りの回復コード',
    codes: (left: number) => `${left}個`,
    at: '日時',
    by: '操作した人',
    secretariat: '事務局',
    browser: 'ブラウザー',
    unknown: '不明',
    notYou: '心当たりがないとき',
    former: 'これまでのアドレス',
    present: '新しいアドレス',
    colleague:
      'ほかの人がアカウントを使っているおそれがあります。すぐに事務局のほかの担当者に伝え、管理画面の「担当者」で、このアカウントの利用を止めてもらってください。ほかに担当者がいないときは、システムの管理者にご連絡ください。',
    call: 'ほかの人がアカウントを使っているおそれがあります。すぐに事務局へお電話ください。',
    fine: '心当たりがあれば、何もしなくてかまいません。',
    webhook: {
      host: '通知先',
      why: '理由',
      whys: {
        gone: '通知先が「今後は不要」と応答しました（HTTP 410）',
        failed: '75時間、通知先が受け取りませんでした',
      },
      next: '再開するには',
      how: [
        '通知先の担当者に状況をご確認のうえ、管理画面の「外部システムへの通知」で再開してください。',
        '届かなかった通知は、同じ画面からもう一度送れます。',
      ],
    },
  },
  en: {
    kinds: {
      factor_added: {
        subject: '[Second factor added] Madoguchi console',
        heading: 'A second factor was added',
        opening: ['A second factor was added to your account of the console.'],
      },
      factor_dropped: {
        subject: '[Second factor removed] Madoguchi console',
        heading: 'A second factor was removed',
        opening: ['A second factor was removed from your account of the console.'],
      },
      new_browser: {
        subject: '[New sign-in] Madoguchi console',
        heading: 'A sign-in from a new browser',
        opening: ['Somebody signed in to the console as you, with a browser that you have not used before.'],
      },
      email_changed: {
        subject: '[E-mail address changed] Madoguchi console',
        heading: 'Your e-mail address was changed',
        opening: [
          'The e-mail address with which you sign in was changed to another one.',
          'You can no longer sign in with this address.',
        ],
      },
      email_new: {
        subject: '[E-mail address changed] Madoguchi console',
        heading: 'Your e-mail address was changed',
        opening: [
          'The e-mail address with which you sign in was changed to this one.',
          'Please sign in with this address from now on.',
        ],
      },
      recovery_made: {
        subject: '[Recovery codes made] Madoguchi console',
        heading: 'Recovery codes were made',
        opening: [
          'New recovery codes were made for your account of the console. Codes made earlier no longer work.',
          'A code stands in for your authenticator app or passkey once. Please keep the printed codes in a safe place.',
        ],
      },
      recovery_used: {
        subject: '[Recovery code used] Madoguchi console',
        heading: 'A recovery code was used',
        opening: [
          'A recovery code was used in place of your authenticator app or passkey.',
          'That code no longer works. If few are left, make new ones under “Settings”.',
        ],
      },
      trial: {
        subject: '[Trial letter] Madoguchi console',
        heading: 'A trial letter',
        opening: [
          'This is a trial letter, sent from the console.',
          'If you can read it, letters to people who book arrive too. Please check the name and address of the sender.',
        ],
      },
      webhook_stopped: {
        subject: '[Webhook stopped] Madoguchi console',
        heading: 'A webhook was stopped',
        opening: ['Another system took no notifications of sessions for a long time. They were stopped.'],
      },
    } satisfies Kinds,
    factor: 'Second factor',
    factors: { totp: 'Authenticator app', passkey: 'Passkey', all: 'All that were set up' },
    left: 'Recovery codes left',
    codes: (left) => `${left}`,
    at: 'When',
    by: 'Done by',
    secretariat: 'The secretariat',
    browser: 'Browser',
    unknown: 'Unknown',
    notYou: 'If it was not you',
    former: 'Former address',
    present: 'New address',
    colleague:
      'Somebody else may be using your account. Tell a colleague of the secretariat at once, who can close your account under “People”. If there is none, tell the administrator of the system.',
    call: 'Somebody else may be using your account. Please call the secretariat at once.',
    fine: 'If it was you, there is nothing to do.',
    webhook: {
      host: 'Sent to',
      why: 'Why',
      whys: { gone: 'It answered that it wants no more (HTTP 410)', failed: 'It took nothing for 75 hours' },
      next: 'How to resume',
      how: [
        'Ask the people who run the other system. Then resume under “Webhooks” in the console.',
        'What did not arrive can be sent again there.',
      ],
    },
  },
})
