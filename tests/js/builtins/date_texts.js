const date = new Date(Date.UTC(2022, 2, 1, 9, 30, 15, 7));
console.log(date.toISOString(), date.toUTCString(), JSON.stringify(date));
// expect: 2022-03-01T09:30:15.007Z Tue, 01 Mar 2022 09:30:15 GMT "2022-03-01T09:30:15.007Z"
console.log(new Date(2022, 2, 1, 21, 5).toLocaleString(), new Date(2022, 2, 1, 21, 5).toLocaleDateString(), new Date(NaN).toLocaleTimeString());
// expect: 3/1/2022, 9:05:00 PM 3/1/2022 Invalid Date
try { new Date(NaN).toISOString(); } catch (e) { console.log(e.name + ": " + e.message); }
// expect: RangeError: Invalid time value
console.log(Date.parse(date.toString()) === Math.floor(date / 1000) * 1000, +new Date(date) === +date, typeof (date + 1), typeof (date - 1));
// expect: true true string number
const other = new Date(0);
other.setFullYear(2024, 1, 29);
console.log(other.getMonth(), other.getDate(), other.setHours(25, 61), other.getYear() - 124);
// expect: 1 29 1709258460000 0
