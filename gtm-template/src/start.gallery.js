/* This edition belongs to no site, so it may load nothing: the page brings App Inbox itself. */
run((ready, failed) => {
	if (isOnPage()) {
		ready();
	} else {
		failed(
			'this page has no appInbox.init. Add loader.js of your token function to the page, above the Tag Manager snippet, without async and defer; or take the template that your token function makes, which loads it.'
		);
	}
});
