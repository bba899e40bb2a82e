// The server speaks HTTP/1 only. Its adapter asks whether a request is HTTP/2; node:http2 costs 60 ms of each start.
function Http2ServerRequest() {}
module.exports = { Http2ServerRequest, constants: { NGHTTP2_NO_ERROR: 0, NGHTTP2_CANCEL: 8 } }
