/** A QR code (ISO/IEC 18004) of a text as a data URL, for pages that load nothing from other sites. */
export async function qrImage(text: string): Promise<string> {
  const { toString: qrSvg } = await import('qrcode')
  return `data:image/svg+xml,${encodeURIComponent(await qrSvg(text, { type: 'svg', margin: 2 }))}`
}
