import type { ErrorStatus } from '../public/error.ts'
import { spoken, type What } from '../spoken.ts'

/** The pages of HTTP errors in the console. */
export const error = spoken({
  ja: {
    words: {
      400: { what: '送信された内容を読み取れませんでした', next: '前のページに戻って、もう一度お試しください。' },
      403: {
        what: 'この操作は許可されていません',
        next: 'ほかのサイトから送られたか、役割や担当の都道府県では許可されていない操作です。権限の変更は、事務局にご依頼ください。',
      },
      404: {
        what: 'ページが見つかりません',
        next: 'アドレスが間違っているか、すでに削除されています。メニューからお探しください。',
      },
      405: { what: 'この方法では開けないページです', next: 'メニューから、もう一度お開きください。' },
      409: { what: 'ほかの操作と重なりました', next: '最新の状態を確かめてから、もう一度お試しください。' },
      413: {
        what: '送信された内容が大きすぎます',
        next: '前のページに戻り、文章を短くするか、ファイルを小さくしてお試しください。PDFは1つ2MBまでです。',
      },
      415: { what: 'この形式では受け付けられません', next: '入力画面から、もう一度お試しください。' },
      429: { what: '操作の回数が上限に達しました', next: '1分ほど待ってから、もう一度お試しください。' },
      500: {
        what: 'エラーが発生しました',
        next: '少し待ってから、もう一度お試しください。続くときは、下の番号をシステムの管理者にお知らせください。',
      },
      503: {
        what: 'ただいま処理できません',
        next: '何も変更されていません。数分後に、もう一度お試しください。',
      },
    } satisfies Record<ErrorStatus, What>,
    signedOut: {
      what: 'ログインの有効期限が切れました',
      next: '入力した内容はまだ処理されていません。この画面を閉じずに、別のタブでログインしてから、入力画面に戻ってください。',
    } satisfies What,
    form: '入力画面に戻る',
    today: '今日のページへ',
    console: '管理画面へ',
    signIn: '別のタブでログインする',
  },
  en: {
    words: {
      400: { what: 'We could not read what was sent', next: 'Please go back and try again.' },
      403: {
        what: 'You may not do this',
        next: 'It came from another site, or your role and prefectures do not permit it. The secretariat can change them.',
      },
      404: { what: 'Not found', next: 'The address may be wrong, or it was removed. Please use the menu.' },
      405: { what: 'This page cannot be opened in this way', next: 'Please use the menu.' },
      409: {
        what: 'Something else happened at the same time',
        next: 'Please check the current details and try again.',
      },
      413: {
        what: 'Too much was sent at once',
        next: 'Please go back and shorten your text, or choose smaller files. A PDF has 2 MB at most.',
      },
      415: { what: 'This type of data cannot be accepted', next: 'Please try again from the form.' },
      429: { what: 'Too many requests', next: 'Please wait a minute and try again.' },
      500: {
        what: 'Something went wrong',
        next: 'Please wait a moment and try again. If it keeps happening, give the number below to your administrator.',
      },
      503: { what: 'Not available just now', next: 'Nothing was changed. Please try again in a few minutes.' },
    } satisfies Record<ErrorStatus, What>,
    signedOut: {
      what: 'Your sign-in has ended',
      next: 'Nothing was done yet. Keep this page, sign in on another tab, and then go back to the form here.',
    },
    form: 'Back to the form',
    today: 'To today',
    console: 'To the console',
    signIn: 'Sign in on another tab',
  },
})
