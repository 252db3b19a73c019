import { join } from 'node:path'
import type { Page } from 'playwright-core'

/** Keeps a picture of the whole page as `NAME.png` in the folder that SCREENSHOTS names; without it does nothing. */
export async function shoot(page: Page, name: string): Promise<void> {
	const folder = process.env.SCREENSHOTS
	if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}
