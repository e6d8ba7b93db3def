#pragma once

namespace loopscope {

/// Whether a panel is shown: as a person wants it, except that it folds by itself while room is scarce, until the person calls it back.
class Foldable {
public:
    [[nodiscard]] bool isShown() const { return wanted_ && (!scarce_ || insisted_); }
    /// What the person wants while there is room; this is what is remembered.
    [[nodiscard]] bool isWanted() const { return wanted_; }

    void want(bool wanted)
    {
        wanted_ = wanted;
        insisted_ = wanted && scarce_;
    }

    void setScarce(bool scarce)
    {
        if (scarce_ != scarce)
            insisted_ = false;
        scarce_ = scarce;
    }

private:
    bool wanted_ = true;
    bool scarce_ = false;
    bool insisted_ = false;
};

} // namespace loopscope
