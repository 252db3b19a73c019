/** `/admin/posts/12/ru/` */
export function addressOf(postId: number | undefined, lang: string): string {
	return `/admin/posts/${postId ?? 'new'}/${lang}/`
}
