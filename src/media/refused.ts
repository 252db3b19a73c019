/** Why an upload is refused: a key of `media.refused` in the catalog. */
export type Reason = 'type' | 'active' | 'heic' | 'large' | 'pixels' | 'broken' | 'svg' | 'empty'

/** A file that the blog doesn't take. */
export class UploadRefused extends Error {
	override name = 'UploadRefused'
	readonly reason: Reason
	constructor(reason: Reason) {
		super(`upload refused: ${reason}`)
		this.reason = reason
	}
}
