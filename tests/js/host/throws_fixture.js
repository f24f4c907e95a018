module.exports = null.property;
