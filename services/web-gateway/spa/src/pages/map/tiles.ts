// Where the map's background comes from: nowhere, unless the city has set a source.

export interface Tiles {
  url: string
  attribution: string
  most: number
}

/**
 * The gateway writes the source into the console's page, e.g. for 天地图 behind the gateway:
 *
 *     <meta name="mingcha-tiles" content="/api/v1/tiles/{z}/{x}/{y}" data-attribution="天地图 GS(2024)0568号" data-most="18">
 *
 * Only the gateway's own addresses are taken: the browser tells nobody else which sites somebody looks at, the key of 天地图
 * stays in the city, and the content policy stays as it is.
 */
export function tilesOf(page: Document): Tiles | null {
  const meta = page.querySelector<HTMLMetaElement>('meta[name="mingcha-tiles"]')
  const url = meta?.content ?? ''
  if (!url.startsWith('/api/') || !['{z}', '{x}', '{y}'].every((part) => url.includes(part))) return null
  return { url, attribution: meta?.dataset.attribution ?? '', most: Number(meta?.dataset.most ?? 18) || 18 }
}
