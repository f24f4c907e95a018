import broken from "./bad_fixture.json" with { type: "json" };
