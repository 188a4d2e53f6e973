// Where the map's background comes from: nowhere, unless the city has set a source; then through the gateway, which keeps its key.
import { api, ask } from '@/api/client'
import type { components } from '@/api/schema'

export interface Tiles {
  /** Addresses of the layers, from the ground up. */
  urls: string[]
  attribution: string
  most: number
}

/** Only the gateway is asked: no browser tells a stranger which sites somebody looks at. */
export function tilesOf(map: components['schemas']['MapView']): Tiles | null {
  if (map.layers === 0) return null
  const urls = Array.from({ length: map.layers }, (_, layer) => `/api/v1/map/tiles/${layer}/{z}/{x}/{y}`)
  return { urls, attribution: map.attribution, most: map.most_zoom }
}

/** A map without background still shows where the sites are. */
export async function readTiles(): Promise<Tiles | null> {
  try {
    return tilesOf(await ask(() => api.GET('/api/v1/map')))
  } catch {
    return null
  }
}
