// A class of C++ that script makes objects of, extends, and gets from the host.
#include <cstdio>

#include "skein/skein.h"

namespace {

class Account {
 public:
  explicit Account(std::string owner) : owner_(std::move(owner)) {}
  const std::string& owner() const { return owner_; }
  double balance() const { return balance_; }
  void deposit(double amount) { balance_ += amount; }
  skein::Result<double> withdraw(double amount) {
    if (amount > balance_) return skein::Error::range_error(owner_ + " has only " + std::to_string(balance_));
    return balance_ -= amount;
  }
  std::string note;

 private:
  std::string owner_;
  double balance_ = 0;
};

}  // namespace

int main() {
  skein::Class<Account> account("Account");
  account.constructor<std::string>()
      .method("deposit", &Account::deposit)
      .method("withdraw", &Account::withdraw)
      .method("transfer", [](Account& from, Account& to, double amount) -> skein::Result<void> {
        auto left = from.withdraw(amount);
        if (!left) return left.error();
        to.deposit(amount);
        return {};
      })
      .property("owner", &Account::owner)
      .property("balance", &Account::balance)
      .field("note", &Account::note);

  skein::Engine engine;
  auto context = engine.create_context().value();
  context.bind(account).value();

  auto savings = std::make_shared<Account>("Ada");  // shared with the script
  savings->deposit(100);
  context.global()->set("savings", savings).value();

  auto result = context.evaluate(R"(
    class Fee extends Account {
      withdraw(amount) { return super.withdraw(amount + 1); }
    }
    const mine = new Fee('Bob');
    savings.transfer(mine, 60);
    mine.withdraw(9);
    mine.note = 'pays fees';
    let refused;
    try { savings.transfer(mine, 1000); } catch (error) { refused = error.message; }
    `${mine.owner} has ${mine.balance}, ${mine.note}; ${refused}`
  )");
  std::printf("%s\n", result.value().to<std::string>().value().c_str());
  std::printf("%s has %g\n", savings->owner().c_str(), savings->balance());
}

// expect: Bob has 50, pays fees; Ada has only 40.000000
// expect: Ada has 40
