// An `import` of node:http reads all its exports, and one of them loads a WebSocket client: 70 ms of each start.
module.exports = process.getBuiltinModule('node:http')
